using Orchestrator.Experts.Configuration;
using Orchestrator.LlamaCpp.Embedding;

namespace Orchestrator.Experts.Tests.Configuration;

public sealed class EmbedderConfigTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("embedder: lsa", EmbedderKind.Lsa)]
    [InlineData("embedder: hashed", EmbedderKind.Hashed)]
    [InlineData("embedder: { kind: hashed }", EmbedderKind.Hashed)]
    [InlineData("embedder: ~", null)]
    public void Parse_Name_IsThatEmbedder(string written, EmbedderKind? kind) =>
        Assert.Equal(new EmbedderConfig { Kind = kind }, Router(written).Embedder);

    [Fact]
    public void Parse_File_IsTakenFromTheConfigurationsFolder()
    {
        var embedder = Router("embedder: { file: embed.gguf, pooling: cls, context: 128, threads: 2 }").Embedder;

        Assert.Equal(
            new EmbedderConfig { File = "/x/embed.gguf", Pooling = EmbeddingPooling.Cls, Context = 128, Threads = 2 }, embedder);
    }

    [Theory]
    [InlineData("embedder: bert", "orchestrator.yaml:1: router.embedder is 'bert', allowed is lsa or hashed")]
    [InlineData("embedder: { file: a.gguf, pooling: max }", "router.embedder.pooling is 'max', allowed is mean or cls or last or model")]
    [InlineData("embedder: { file: a.gguf, context: 1 }", "router.embedder.context is '1', allowed is a whole number from 16 to 65536")]
    [InlineData("embedder: { path: a.gguf }", "unknown key 'path' in router.embedder")]
    [InlineData("embedder: { pooling: mean }", "which only count with file")]
    [InlineData("embedder: { kind: lsa, file: a.gguf }", "both kind and file")]
    [InlineData("embedder: [lsa]", "router.embedder must be 'key: value' lines")]
    public void Parse_BadEmbedder_SaysWhatIsAllowed(string written, string expected)
    {
        var failure = Assert.Throws<ConfigException>(() => Router(written));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_ReleaseAndLicence_BelongToTheExpert()
    {
        var expert = Expert("released: 2025-04-30, licence: apache-2.0");

        Assert.Equal((new DateOnly(2025, 4, 30), "apache-2.0"), (expert.Released, expert.Licence));
        Assert.Equal((null, null), (Expert("pin: false").Released, Expert("pin: false").Licence));
    }

    [Fact]
    public void Parse_NoDate_SaysHowOneIsWritten()
    {
        var failure = Assert.Throws<ConfigException>(() => Expert("released: April"));

        Assert.Contains("experts[0].released is 'April', allowed is a date such as 2025-04-30", failure.Message);
    }

    static RouterConfig Router(string written) => ConfigReader.Parse(
        $"router: {{ {written} }}\nexperts: [{{ id: a, file: a.gguf }}]", "/x/orchestrator.yaml").Router;

    static ExpertConfig Expert(string written) => ConfigReader.Parse(
        $"experts: [{{ id: a, file: a.gguf, {written} }}]", "/x/orchestrator.yaml").Experts[0];
}
