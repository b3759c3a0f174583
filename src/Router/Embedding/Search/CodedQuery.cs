namespace Orchestrator.Router.Embedding.Search;

/// <summary>A vector as whole numbers, widened for many products.</summary>
readonly ref struct CodedQuery
{
    readonly ReadOnlySpan<short> _codes;
    readonly float _scale;

    CodedQuery(ReadOnlySpan<short> codes, float scale)
    {
        _codes = codes;
        _scale = scale;
    }

    /// <param name="vector">Any.</param>
    /// <param name="bytes">Room as long as a stride.</param>
    /// <param name="codes">As long; kept.</param>
    public static CodedQuery Of(ReadOnlySpan<float> vector, Span<sbyte> bytes, Span<short> codes)
    {
        bytes.Clear();
        float scale = Quantised.Write(vector, bytes[..vector.Length]);
        for (int i = 0; i < codes.Length; i++)
            codes[i] = bytes[i];
        return new CodedQuery(codes, scale);
    }

    public float Dot(ReadOnlySpan<sbyte> codes, float scale) => CodeDot.Of(_codes, codes) * _scale * scale;
}
