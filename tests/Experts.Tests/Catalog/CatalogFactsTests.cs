using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Tests.Gguf;
using Orchestrator.TestKit;

namespace Orchestrator.Experts.Tests.Catalog;

public sealed class CatalogFactsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_ExpertsInside_CountsThoseThatATokenPassesThrough()
    {
        var plain = Read(TinyGguf.Random());
        var mixture = Read(TinyGguf.Random().With("llama.expert_count", 4u).With("llama.expert_used_count", 1u)
            .WithTensor("blk.0.ffn_up_exps.weight", [10, 10, 4], 0));

        Assert.Equal(plain.Parameters, plain.ActiveParameters);
        Assert.Equal(plain.Parameters + 400, mixture.Parameters);
        Assert.Equal(plain.Parameters + 100, mixture.ActiveParameters);
    }

    [Fact]
    public void Read_Licence_IsTheFilesOwnOrUnknown()
    {
        Assert.Equal("mit", Read(TinyGguf.Random().With("general.license", "mit")).Licence);
        Assert.Null(Read(TinyGguf.Random()).Licence);
    }

    [Fact]
    public void Read_NoGguf_IsUnknown() => Assert.Null(CatalogFacts.Read(new ExpertConfig { Id = "a", File = _folder.File("none.gguf") }));

    ExpertFacts Read(TinyGguf file)
    {
        var read = CatalogFacts.Read(new ExpertConfig { Id = "a", File = file.Save(_folder.Path, "a.gguf") })!.Value;
        Assert.True(read.ResidentBytes > 0);
        return read.Facts;
    }
}
