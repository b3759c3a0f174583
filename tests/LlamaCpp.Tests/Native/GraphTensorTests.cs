using Orchestrator.LlamaCpp.Native;

namespace Orchestrator.LlamaCpp.Tests.Native;

public sealed unsafe class GraphTensorTests
{
    [Fact]
    public void Name_ZeroAtItsEnd_IsWhatPrecedesIt()
    {
        var tensor = new GraphTensor();
        "l_out-7"u8.CopyTo(new Span<byte>(tensor.NameBytes, 64));

        Assert.Equal("l_out-7"u8, tensor.Name);
    }

    [Fact]
    public void Name_NoZero_EndsWithItsField()
    {
        var tensor = new GraphTensor { Extra = -1 };
        new Span<byte>(tensor.NameBytes, 64).Fill((byte)'x');

        Assert.Equal(64, tensor.Name.Length);
    }

    [Fact]
    public void Misfit_RowsOfFloats_IsNull() => Assert.Null(Tensor().Misfit(width: 5, rows: 3));

    [Fact]
    public void Misfit_OtherShapeTypeOrStride_SaysBoth()
    {
        Assert.Contains("the shape 5 x 3 x 1 x 1 (type 0, 20 bytes a row) instead of 5 x 4", Tensor().Misfit(5, 4), StringComparison.Ordinal);
        Assert.NotNull(Tensor().Misfit(6, 3));
        var tensor = Tensor();
        tensor.Type = GraphTensor.F16;
        Assert.NotNull(tensor.Misfit(5, 3));
        tensor = Tensor();
        tensor.Strides[1] = 32;
        Assert.NotNull(tensor.Misfit(5, 3));
        tensor = Tensor();
        tensor.Shape[2] = 2;
        Assert.NotNull(tensor.Misfit(5, 3));
    }

    static GraphTensor Tensor()
    {
        var tensor = new GraphTensor();
        (tensor.Shape[0], tensor.Shape[1], tensor.Shape[2], tensor.Shape[3]) = (5, 3, 1, 1);
        (tensor.Strides[0], tensor.Strides[1]) = (4, 20);
        return tensor;
    }
}
