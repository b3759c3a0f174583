using System.Numerics.Tensors;

namespace Orchestrator.TestKit.Experts;

/// <summary>Vectors that a test can foresee.</summary>
public static class FakeEmbeddings
{
    /// <summary>Of a text that a fake model embeds.</summary>
    public const int MostTokens = 20;

    /// <summary>Four numbers, of the text's length, first and last letters.</summary>
    public static float[] OfShape(string text) =>
        Unit(1, text.Length % 7, text.Length > 0 ? text[0] % 11 : 0, text.Length > 0 ? text[^1] % 13 : 0);

    public static float[] Unit(params float[] values)
    {
        var unit = new float[values.Length];
        TensorPrimitives.Divide(values, TensorPrimitives.Norm<float>(values), unit);
        return unit;
    }
}
