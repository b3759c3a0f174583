using Orchestrator.Aggregator.MixtureOfThoughts.Files;
using Orchestrator.Aggregator.MixtureOfThoughts.Layers;
using Orchestrator.TestKit;

namespace Orchestrator.Aggregator.Tests.MixtureOfThoughts.Files;

public sealed class MixtureFileTests : IDisposable
{
    const string Digits = "000000000000000000000000000000000000000000000000000000000000000";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_WholeFile_HasEverything()
    {
        TinyGguf file = new TinyMixture().ToGguf();

        MixtureLayers layers = MixtureFile.Read(file.Save(_folder.Path));

        Assert.Equal(("tiny mixture", "random weights"), (layers.Name, layers.Description));
        Assert.Equal((8, 2, 8, 2), (layers.Latent, layers.Heads, layers.Draft, layers.TopPeers));
        Assert.Equal([new MixturePair("arith", "price"), new MixturePair("arith", "roman")], layers.Pairs);
        MixtureExpert price = layers.Expert("price");
        Assert.Equal((24, 2, Digits + "1"), (price.Width, price.Blocks, price.Sha256));
        Assert.Equal([2, 2], price.ReadDepths);
        Assert.Equal([0, 1], layers.Expert("arith").WriteDepths);
        Assert.Null(price.Primary);
        Assert.Null(layers.Expert("arith").Peer);
        Assert.Equal(file.Tensor("peer.1.1.proj").Values, price.Peer![1].Projection);
        Assert.Equal(file.Tensor("primary.0.1.out").Values, layers.Expert("arith").Primary![1].Out);
        Assert.Equal(file.Tensor("mix.1.null_key").Values, layers.Interactions[1].NullKey);
        Assert.Equal(file.Tensor("router.peer.bias").Values, layers.Router.PeerBias);
        Assert.Equal(file.Tensors.Sum(tensor => 4L * tensor.Values.Length), layers.Bytes);
    }

    public static TheoryData<string, object?, string> WrongFacts => new()
    {
        { "general.architecture", "llama", "general.architecture is 'llama'; it must be 'mixture-of-thoughts'" },
        { "mot.version", 1u, "mot.version is 1; allowed is only 2" },
        { "mot.version", null, "mot.version is missing" },
        { "mot.latent", 0u, "mot.latent is 0; allowed are 1 to" },
        { "mot.latent", "8", "mot.latent is missing or no whole number" },
        { "mot.heads", 3u, "the heads must divide the latent width" },
        { "mot.heads", 16u, "mot.heads is 16; allowed are 1 to 8" },
        { "mot.interactions", uint.MaxValue, "mot.interactions is 4294967295; allowed are 1 to" },
        { "mot.interactions", 3u, "mot.read has 6 values; it must have 9" },
        { "mot.draft", -1, "mot.draft is -1; allowed are 1 to" },
        { "mot.recency", 0u, "mot.recency is 0" },
        { "mot.recency", 5u, "'mix.0.recency' has the size 8 x 4; it must be 8 x 5" },
        { "mot.top_k", 4u, "mot.top_k is 4; allowed are 1 to 3" },
        { "mot.features", 128u, "'router.1.weight' has the size 64 x 6; it must be 128 x 6" },
        { "mot.hidden", 7u, "'router.1.weight' has the size 64 x 6; it must be 64 x 7" },
        { "mot.experts", null, "mot.experts is missing" },
        { "mot.experts", Array.Empty<string>(), "mot.experts has no values" },
        { "mot.experts", new[] { "arith", "price", "" }, "mot.experts has an empty one" },
        { "mot.experts", new[] { "arith", "price", "price" }, "mot.experts has 'price' twice" },
        { "mot.experts", new[] { "arith", "price" }, "mot.sha256 has 3 values; it must have 2" },
        { "mot.sha256", new[] { Digits + "0", Digits + "1", Digits }, "each must be 64 digits" },
        { "mot.sha256", new[] { Digits + "0", Digits + "1", Digits + "A" }, "each must be 64 digits of 0 to 9 and a to f" },
        { "mot.widths", new[] { 16u, 24u }, "mot.widths has 2 values; it must have 3" },
        { "mot.widths", new[] { 16u, 0u, 12u }, "mot.widths has 0 at place 1; allowed are 1 to" },
        { "mot.widths", new[] { 16u, 25u, 12u }, "'peer.1.0.norm' has the size 24; it must be 25" },
        { "mot.blocks", new[] { 3u, 2u, 513u }, "mot.blocks has 513 at place 2; allowed are 1 to 512" },
        { "mot.blocks", new[] { 3f, 2f, 4f }, "mot.blocks is missing, longer or something else; it must be an array of at most 1024 whole numbers" },
        { "mot.read", new[] { 3u, 3u, 2u, 3u, 4u, 4u }, "mot.read has 3 at place 3; allowed are 0 to 2" },
        { "mot.write", new[] { 0, 1, 0, 1, 0, -1 }, "mot.write has -1 at place 5; allowed are 0 to 4" },
        { "mot.pairs", Array.Empty<string>(), "mot.pairs has no values" },
        { "mot.pairs", new[] { "arith>price" }, "mot.pairs has 'arith>price'; each must be 'primary<peer'" },
        { "mot.pairs", new[] { "arith<price<roman" }, "each must be 'primary<peer'" },
        { "mot.pairs", new[] { "arith<price", "arith<price" }, "mot.pairs has 'arith<price' twice" },
        { "mot.pairs", new[] { "abacus<price" }, "'abacus' has no tensors of a primary; those trained as a primary are: arith" },
        { "mot.pairs", new[] { "price<roman" }, "'price' has no tensors of a primary" },
        { "mot.pairs", new[] { "arith<arith" }, "'arith' has no tensors of a peer; those trained as a peer are: price, roman" },
    };

    [Theory]
    [MemberData(nameof(WrongFacts))]
    public void Read_WrongFact_SaysWhatAndWhatIsAllowed(string key, object? value, string message) => AssertRefused(message, file =>
    {
        if (value is null)
            file.Metadata.Remove(key);
        else
            file.Metadata[key] = value;
    });

    [Theory]
    [InlineData("mix.0.key", "must be there with the size 8 x 8")]
    [InlineData("mix.1.null_key", "must be there with the size 8")]
    [InlineData("peer.2.1.norm", "must be there with the size 12")]
    [InlineData("primary.0.0.gate_bias", "must be there with the size 1")]
    [InlineData("router.primary.weight", "must be there with the size 6 x 4")]
    [InlineData("router.peer.bias", "must be there with the size 3")]
    public void Read_TensorMissing_NamesIt(string tensor, string allowed) => AssertRefused(
        $"the tensor '{tensor}' is missing; it {allowed}", file => file.Tensors.Remove(file.Tensor(tensor)));

    [Theory]
    [InlineData("peer.7.0.norm")]
    [InlineData("mix.2.key")]
    [InlineData("router.2.weight")]
    public void Read_StrayTensor_NamesIt(string name) => AssertRefused(
        $"'{name}' belongs to nothing", file => file.Tensors.Add(new TinyTensor(name, [1], [0])));

    [Fact]
    public void Read_MatrixTheOtherWayRound_IsRefused() => AssertRefused(
        "'primary.0.0.out' has the size 16 x 8; it must be 8 x 16", file => Replace(file, "primary.0.0.out", t => t with { Shape = [16, 8] }));

    [Fact]
    public void Read_OtherType_IsRefused() => AssertRefused(
        "'mix.0.key' is of type F16, it must be F32", file => Replace(file, "mix.0.key", t => t with { Type = 1 }));

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Read_NumberNotFinite_NamesTheTensor(float value) => AssertRefused(
        "'primary.0.1.query' has a number that is infinite", file => file.Tensor("primary.0.1.query").Values[5] = value);

    [Fact]
    public void Read_Truncated_IsRefused()
    {
        byte[] whole = new TinyMixture().ToGguf().ToBytes();
        string path = _folder.File("cut.gguf");
        for (int length = 0; length < whole.Length; length += 97)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Throws<MixtureFileException>(() => MixtureFile.Read(path));
        }
    }

    [Fact]
    public void Read_EndIsMissing_TellsHowManyBytesThereAreAndShouldBe()
    {
        byte[] whole = new TinyMixture().ToGguf().ToBytes();
        string path = _folder.File("cut.gguf");
        File.WriteAllBytes(path, whole[..^1000]);

        string message = Assert.Throws<MixtureFileException>(() => MixtureFile.Read(path)).Message;

        Assert.Equal(
            $"The mixture layers '{path}' cannot be used: it is truncated or damaged: its tensors need {whole.Length} bytes, "
            + $"the file has {whole.Length - 1000}; it must be whole.",
            message);
    }

    [Fact]
    public void Read_TensorsThatShareTheirBytes_IsRefusedBeforeAnyIsRead()
    {
        TinyGguf file = new TinyMixture().ToGguf();
        file.Tensors.Add(new TinyTensor("big", [1 << 10, 1 << 10], []));
        file.Tensors.Add(new TinyTensor("again", [1 << 10, 1 << 10], new float[1 << 20]));
        string path = file.Save(_folder.Path);
        long before = GC.GetAllocatedBytesForCurrentThread();

        string message = Assert.Throws<MixtureFileException>(() => MixtureFile.Read(path)).Message;

        Assert.Contains("more than the file has", message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 19);
    }

    [Theory]
    [InlineData(1UL << 30)]
    [InlineData(ulong.MaxValue)]
    public void Read_HostileLengthAnywhereInTheHeader_AllocatesLittle(ulong hostile)
    {
        byte[] whole = new TinyMixture().ToGguf().ToBytes();
        int header = whole.AsSpan().IndexOf("router.peer.bias"u8);
        string path = _folder.File("hostile.gguf");
        for (int at = 8; at < header; at += 7)
        {
            byte[] bytes = [.. whole];
            BitConverter.TryWriteBytes(bytes.AsSpan(at), hostile);
            File.WriteAllBytes(path, bytes);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Judge(path);
            // The stream's buffer, and a text or two that swallow the rest.
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (1 << 17) + (16 * whole.Length));
        }
    }

    [Fact]
    public void Read_NoSuchFile_NamesIt()
    {
        string path = _folder.File("none.gguf");

        string message = Assert.Throws<MixtureFileException>(() => MixtureFile.Read(path)).Message;

        Assert.Equal($"The mixture layers '{path}' cannot be used: the file '{Path.GetFileName(path)}' does not exist; it must be a whole GGUF of F32 tensors.", message);
    }

    [Fact]
    public void Read_Folder_SaysSo() =>
        Assert.Contains("a folder", Assert.Throws<MixtureFileException>(() => MixtureFile.Read(_folder.Path)).Message, StringComparison.Ordinal);

    static void Judge(string path)
    {
        try
        {
            MixtureFile.Read(path);
        }
        catch (MixtureFileException)
        {
            // Most are refused; none may do more.
        }
    }

    static void Replace(TinyGguf file, string tensor, Func<TinyTensor, TinyTensor> change) =>
        file.Tensors[file.Tensors.IndexOf(file.Tensor(tensor))] = change(file.Tensor(tensor));

    void AssertRefused(string message, Action<TinyGguf> damage)
    {
        TinyGguf file = new TinyMixture().ToGguf();
        damage(file);
        string path = file.Save(_folder.Path);

        string found = Assert.Throws<MixtureFileException>(() => MixtureFile.Read(path)).Message;

        Assert.True(found.Contains(message, StringComparison.Ordinal), found);
        Assert.Contains(path, found, StringComparison.Ordinal);
    }
}
