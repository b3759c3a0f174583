using Orchestrator.Experts.Gguf;
using Orchestrator.TestKit;

namespace Orchestrator.Experts.Tests.Gguf;

public sealed class AdapterRulesTests
{
    [Fact]
    public void Refusal_AdapterOfTheModel_IsNull() => Assert.Null(Refusal(Adapter()));

    [Fact]
    public void Refusal_AModelInPlaceOfAnAdapter_SaysSo() =>
        Assert.Equal("it is no adapter: general.type is 'missing'", Refusal(TinyGguf.Random()));

    [Fact]
    public void Refusal_TypeIsNoText_SaysMissing() =>
        Assert.Equal("it is no adapter: general.type is 'missing'", Refusal(Adapter().With("general.type", 1u)));

    [Fact]
    public void Refusal_ControlVector_IsNoLoRA() =>
        Assert.Equal("it is no LoRA adapter: adapter.type is 'control_vector'", Refusal(Adapter().With("adapter.type", "control_vector")));

    [Fact]
    public void Refusal_OtherArchitecture_NamesBoth() => Assert.Equal(
        "it is made for the architecture 'qwen2', the model is 'llama'", Refusal(Adapter().With("general.architecture", "qwen2")));

    [Fact]
    public void Refusal_NoTensors_SaysSo()
    {
        var empty = Adapter();
        empty.Tensors.Clear();

        Assert.Equal("it holds no tensors", Refusal(empty));
    }

    [Theory]
    [InlineData(64, 4, 4, 260)]
    [InlineData(128, 4, 4, 261)]
    [InlineData(128, 4, 5, 260)]
    public void Refusal_ShapesThatDoNotMultiplyToTheModels_AreNamed(int input, int rank, int otherRank, int output) => Assert.Equal(
        $"its 'output.weight' of {input}×{rank} and {otherRank}×{output} does not fit the model's of 128×260",
        Refusal(Pair("output.weight", [input, rank], [otherRank, output])));

    [Fact]
    public void Refusal_VectorInPlaceOfAMatrix_IsNamed() =>
        Assert.StartsWith("its 'output.weight' of 128 and", Refusal(Pair("output.weight", [128], [4, 260])), StringComparison.Ordinal);

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void Refusal_EmbeddingPair_LiesTheOtherWayRound(int rank, bool allowed) =>
        Assert.Equal(allowed, Refusal(Pair("token_embd.weight", [4, 260], [rank, 128])) is null);

    /// <summary>A model in several files lists only a part in its first.</summary>
    [Fact]
    public void Refusal_TensorThatTheHeaderDoesNotList_IsLeftToTheTrial() =>
        Assert.Null(Refusal(Pair("blk.99.ffn_up.weight", [3, 4], [5, 6])));

    [Fact]
    public void AdapterRefusal_MissingOrDamagedFile_SaysThatItIsTheAdapter()
    {
        using var folder = new TemporaryFolder();
        var model = TinyGguf.Saying("abc").ToBytes().Header();
        File.WriteAllBytes(folder.File("cut.gguf"), Adapter().ToBytes()[..50]);
        File.WriteAllText(folder.File("text.gguf"), "this is no model, but long enough for a header");

        Assert.Equal("adapter: the file 'missing.gguf' does not exist", GgufFile.AdapterRefusal(model, folder.File("missing.gguf")));
        Assert.StartsWith("adapter: ", GgufFile.AdapterRefusal(model, folder.File("cut.gguf")), StringComparison.Ordinal);
        Assert.Equal("adapter: the file does not begin with 'GGUF'", GgufFile.AdapterRefusal(model, folder.File("text.gguf")));
    }

    static TinyGguf Adapter() => TinyGguf.AdapterSaying("left");

    static TinyGguf Pair(string name, int[] down, int[] up)
    {
        var adapter = Adapter();
        adapter.Tensors.Clear();
        return adapter.WithTensor($"{name}.lora_a", down, 0).WithTensor($"{name}.lora_b", up, 0);
    }

    static string? Refusal(TinyGguf adapter) => AdapterRules.Refusal(TinyGguf.Saying("abc").ToBytes().Header(), adapter.ToBytes().Header());
}
