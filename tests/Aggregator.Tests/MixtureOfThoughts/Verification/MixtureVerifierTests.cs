using System.Security.Cryptography;
using Orchestrator.Aggregator.MixtureOfThoughts.Layers;
using Orchestrator.Aggregator.MixtureOfThoughts.Verification;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Gguf;
using Orchestrator.TestKit;

namespace Orchestrator.Aggregator.Tests.MixtureOfThoughts.Verification;

public sealed class MixtureVerifierTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly MixtureVerifier _verifier = new(new FileHashes());
    readonly ExpertConfig _arith;
    readonly ExpertConfig _price;
    readonly ExpertConfig _roman;

    public MixtureVerifierTests()
    {
        _arith = Expert("arith", seed: 1, width: 16, layers: 3);
        _price = Expert("price", seed: 2, width: 24, layers: 2);
        _roman = Expert("roman", seed: 3, width: 12, layers: 1);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Verify_FilesOfTheTraining_AllAreAvailable()
    {
        MixtureVerdict verdict = Verify(Layers(), _arith, _price, _roman, Expert("other", 4, 8, 1));

        Assert.Null(verdict.Refusal);
        Assert.Equal(["arith", "price", "roman"], verdict.Available.Order());
        Assert.Empty(verdict.Notes);
    }

    [Fact]
    public void Unchanged_FileWrittenSince_NoLongerFits()
    {
        Predicate<string> fits = MixtureVerifier.Unchanged([_arith, _price], new HashSet<string> { "arith", "price" });
        Assert.True(fits("arith") && fits("price"));

        File.AppendAllText(_price.File, "more");

        Assert.Equal((true, false, false), (fits("arith"), fits("price"), fits("roman")));
    }

    [Fact]
    public void Verify_OtherWeights_IsRefusedWithBothHashes()
    {
        MixtureLayers layers = Layers();
        string expected = Hash(_price);
        TinyGguf.Random(seed: 9, embedding: 24, layers: 2).Save(_folder.Path, "price.gguf");

        MixtureVerdict verdict = Verify(layers, _arith, _price, _roman);

        Assert.Equal(
            $"expert 'price' has other weights than the layers were trained with: sha256 {Hash(_price)}, expected {expected}", verdict.Refusal);
        Assert.Empty(verdict.Available);
    }

    [Theory]
    [InlineData(32, 2, "expert 'price' is 32 wide, the layers were trained with 24")]
    [InlineData(24, 5, "expert 'price' has 5 blocks, the layers were trained with 2")]
    public void Verify_OtherShape_IsRefused(int width, int blocks, string reason)
    {
        MixtureLayers layers = Layers();

        Assert.Equal(reason, Verify(layers, _arith, Expert("price", 2, width, blocks), _roman).Refusal);
    }

    [Fact]
    public void Verify_AdapterOverTheFile_IsRefused() => Assert.Equal(
        "expert 'price' has an adapter, the layers were trained with its file alone",
        Verify(Layers(), _arith, _price with { Adapter = "some.gguf" }, _roman).Refusal);

    [Fact]
    public void Verify_ExpertOfNoPairHasOtherWeights_DoesNotMatter()
    {
        MixtureLayers layers = Layers("arith<price");
        TinyGguf.Random(seed: 9).Save(_folder.Path, "roman.gguf");

        MixtureVerdict verdict = Verify(layers, _arith, _price, _roman);

        Assert.Null(verdict.Refusal);
        Assert.Equal(["arith", "price"], verdict.Available.Order());
    }

    [Fact]
    public void Verify_ExpertMissing_LeavesTheOtherPairs()
    {
        MixtureVerdict verdict = Verify(Layers(), _arith, _roman);

        Assert.Null(verdict.Refusal);
        Assert.Equal(["arith", "roman"], verdict.Available.Order());
        Assert.Equal(["arith<price is not used: the expert 'price' is not configured"], verdict.Notes);
    }

    [Fact]
    public void Verify_FileGoneOrUnreadable_CountsAsMissing()
    {
        MixtureLayers layers = Layers();
        File.Delete(_price.File);
        File.WriteAllText(_roman.File, "no GGUF, but long enough to be looked at");

        MixtureVerdict verdict = Verify(layers, _arith, _price, _roman);

        Assert.Null(verdict.Refusal);
        Assert.Equal(["arith"], verdict.Available);
        Assert.Equal(
            [
                $"arith<price is not used: the expert 'price' has no file that can be read ({_price.File}: the file '{Path.GetFileName(_price.File)}' does not exist)",
                $"arith<roman is not used: the expert 'roman' has no file that can be read ({_roman.File}: the file does not begin with 'GGUF')",
            ],
            verdict.Notes);
    }

    [Fact]
    public void Verify_ExpertsWithoutATap_SaysWhatTheyNeedAndWhere()
    {
        MixtureVerdict verdict = Verify(Layers(), _arith with { LatentTap = false, Line = 7 }, _price, _roman with { LatentTap = false, Line = 12 });

        Assert.Null(verdict.Refusal);
        Assert.Equal(["price"], verdict.Available);
        Assert.Equal(
            [
                "arith<price is not used: the expert 'arith' needs latent_tap: true (orchestrator.yaml, line 7)",
                "arith<roman is not used: the expert 'arith' needs latent_tap: true (orchestrator.yaml, line 7), "
                    + "and the expert 'roman' needs latent_tap: true (orchestrator.yaml, line 12)",
            ],
            verdict.Notes);
    }

    MixtureVerdict Verify(MixtureLayers layers, params ExpertConfig[] experts) =>
        _verifier.Verify(layers, new OrchestratorConfig { Path = "orchestrator.yaml", Experts = experts });

    ExpertConfig Expert(string id, int seed, int width, int layers) =>
        new() { Id = id, LatentTap = true, File = TinyGguf.Random(seed, embedding: width, layers: layers).Save(_folder.Path, $"{id}.gguf") };

    MixtureLayers Layers(params string[] pairs) => new TinyMixture
    {
        Experts = [new("arith", 16, 3, Hash(_arith)), new("price", 24, 2, Hash(_price)), new("roman", 12, 1, Hash(_roman))],
        Pairs = pairs.Length > 0 ? pairs : ["arith<price", "arith<roman"],
    }.Layers();

    static string Hash(ExpertConfig expert) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(expert.File)));
}
