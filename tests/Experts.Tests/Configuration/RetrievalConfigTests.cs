using Orchestrator.Experts.Configuration;

namespace Orchestrator.Experts.Tests.Configuration;

public sealed class RetrievalConfigTests
{
    const string Experts = "experts:\n  - id: one\n    file: one.gguf\n";

    [Fact]
    public void Parse_WithoutTheSection_KeepsCollectionsInTheProcess()
    {
        var retrieval = Parse(Experts).Retrieval;

        Assert.Equal(new RetrievalConfig(), retrieval);
        Assert.Null(retrieval.Qdrant);
    }

    [Fact]
    public void Parse_AllKeys_AreTaken()
    {
        var retrieval = Parse(
            "retrieval:\n  pilots: p.json\n  base: one\n  rule: nearest\n  floor: 0.2\n  collections: c\n  approximate_from: 9\n"
            + "  qdrant:\n    url: http://127.0.0.1:6333\n    api_key_env: KEY\n" + Experts + "    purpose: embed\n").Retrieval;

        Assert.Equal(
            new RetrievalConfig
            {
                Pilots = "/folder/p.json",
                Base = "one",
                Rule = PilotRule.Nearest,
                Floor = 0.2,
                Collections = "/folder/c",
                ApproximateFrom = 9,
                Qdrant = new QdrantConfig { Url = "http://127.0.0.1:6333", ApiKeyEnv = "KEY", Timeout = TimeSpan.FromSeconds(10) },
            },
            retrieval);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("\n    timeout: 3s", "needs the key 'url'")]
    [InlineData("\n    url: http://x\n    uri: y", "did you mean 'url'?")]
    public void Parse_QdrantSection_IsAbsentOrWhole(string section, string? error)
    {
        if (error is null)
            Assert.Null(Parse($"retrieval:\n  qdrant:{section}\n{Experts}").Retrieval.Qdrant);
        else
            Assert.Contains(error, Assert.Throws<ConfigException>(() => Parse($"retrieval:\n  qdrant:{section}\n{Experts}")).Message, StringComparison.Ordinal);
    }

    static OrchestratorConfig Parse(string yaml) => ConfigReader.Parse(yaml, "/folder/orchestrator.yaml");
}
