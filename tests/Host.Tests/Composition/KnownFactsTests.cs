using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Composition;

public sealed class KnownFactsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_Experts_AreAsTheirFilesSayUnlessConfigured()
    {
        var file = TinyGguf.Random();
        file.Metadata["general.license"] = "mit";
        var path = file.Save(_folder.Path, "a.gguf");
        var config = new OrchestratorConfig
        {
            Path = "",
            Experts =
            [
                new ExpertConfig { Id = "told", File = path, Licence = "apache-2.0", Released = new DateOnly(2025, 4, 30) },
                new ExpertConfig { Id = "silent", File = path },
                new ExpertConfig { Id = "gone", File = _folder.File("gone.gguf") },
                new ExpertConfig { Id = "tagger", File = path, Purpose = ExpertPurpose.Tag },
            ],
        };

        var facts = KnownFacts.Of(config);

        Assert.Equal(["told", "silent", "gone"], facts.Keys);
        Assert.Equal(("apache-2.0", new DateOnly(2025, 4, 30)), (facts["told"].Licence, facts["told"].Released));
        Assert.Equal(("mit", null), (facts["silent"].Licence, facts["silent"].Released));
        Assert.Equal(37_280, facts["silent"].ActiveParameters);
        Assert.True(facts["silent"].ResidentBytes > 0);
        Assert.Equal(new Router.Routing.ExpertFacts(), facts["gone"]);
    }
}
