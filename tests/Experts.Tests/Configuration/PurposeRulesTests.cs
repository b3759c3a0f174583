using Orchestrator.Experts.Configuration;
using Orchestrator.LlamaCpp.Embedding;

namespace Orchestrator.Experts.Tests.Configuration;

public sealed class PurposeRulesTests
{
    const string Base = "experts:\n  - { id: answers, file: a.gguf }\n  - { id: base, file: e.gguf, purpose: embed }\n";

    [Fact]
    public void Parse_EmbeddingExperts_AreTaken()
    {
        var experts = Parse(
            Base
            + "  - { id: medicine, file: e.gguf, purpose: embed, adapter: m.gguf, queries_for: base, query_prefix: 'q: ' }\n"
            + "  - { id: far, purpose: embed, document_prefix: 'd: ', remote: { url: 'https://there/v1', model: m, api_key_env: KEY } }\n").Experts;

        Assert.Equal(("base", "q: ", "/folder/m.gguf"), (experts[2].QueriesFor, experts[2].QueryPrefix, experts[2].Adapter));
        Assert.Equal(new RemoteConfig { Url = "https://there/v1", Model = "m", ApiKeyEnv = "KEY" }, experts[3].Remote);
        Assert.Equal(("", EmbeddingPooling.Model), (experts[3].File, experts[3].Pooling));
    }

    [Fact]
    public void Parse_OnlyEmbeddingExperts_IsAService() =>
        Assert.Empty(Parse("experts:\n  - { id: base, file: e.gguf, purpose: embed }\n").Answering);

    [Theory]
    [InlineData("{ id: x, file: a.gguf, pooling: cls }", "experts[2].pooling only counts with purpose: embed")]
    [InlineData("{ id: x, file: a.gguf, remote: { url: 'http://a', model: m } }", "experts[2].remote only counts with purpose: embed")]
    [InlineData("{ id: x, file: e.gguf, purpose: embed, max_tokens: 4 }", "experts[2].max_tokens does not count with purpose: embed")]
    [InlineData("{ id: x, file: e.gguf, purpose: embed, variants: [{ name: q4, file: q.gguf }] }", "experts[2].variants does not count")]
    [InlineData("{ id: x, file: e.gguf, purpose: embed, tools: hermes }", "experts[2].tools does not count with purpose: embed")]
    [InlineData("{ id: x, file: a.gguf, tools: telepathy }", "experts[2].tools is 'telepathy', allowed is none or hermes")]
    [InlineData("{ id: x, file: e.gguf, purpose: embed, context: 100000 }", "allowed is up to 65536")]
    [InlineData("{ id: x, purpose: embed }", "experts[2] needs the key 'file'")]
    [InlineData("{ id: x, file: e.gguf, purpose: embed, remote: { url: 'http://a', model: m } }", "experts[2].file does not count with remote")]
    [InlineData("{ id: x, purpose: embed, remote: { url: 'ftp://a', model: m } }", "experts[2].remote.url is 'ftp://a', allowed is")]
    [InlineData("{ id: x, purpose: embed, remote: { url: 'http://a' } }", "experts[2].remote needs the key 'model'")]
    [InlineData("{ id: x, file: e.gguf, purpose: embed, queries_for: nobody }", "'x' has queries_for: nobody, which is no expert")]
    [InlineData("{ id: x, file: e.gguf, purpose: embed, queries_for: answers }", "which does not embed")]
    [InlineData("{ id: x, file: e.gguf, purpose: embed, queries_for: x }", "which is itself")]
    [InlineData("{ id: x, file: f.gguf, purpose: embed, queries_for: base }", "must have the file of 'base'")]
    [InlineData("{ id: x, file: e.gguf, purpose: embed, queries_for: base, pooling: cls }", "both must have the same")]
    [InlineData("{ id: x, file: e.gguf, purpose: embed, queries_for: base, document_prefix: d }", "experts[2].document_prefix does not count with queries_for")]
    [InlineData("{ id: x, file: e.gguf, purpose: embed, queries_for: y }\n  - { id: y, file: e.gguf, purpose: embed, queries_for: base }", "which itself has queries_for; name 'base'")]
    public void Parse_KeysThatMeanNothing_AreRefused(string entry, string said)
    {
        var error = Assert.Throws<ConfigException>(() => Parse($"{Base}  - {entry}\n"));

        Assert.Contains(error.Errors, line => line.Contains(said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("router: { tagger: { expert: base } }\n", "router.tagger.expert is 'base', which embeds")]
    [InlineData("policies: { p: { strategy: nearest, aggregator_expert: base } }\n", "aggregator_expert is 'base', which embeds")]
    [InlineData("policies: { p: { strategy: nearest, abstain: generalist, generalist: base } }\n", "no expert of this file that answers")]
    [InlineData("retrieval: { base: answers }\n", "retrieval.base is 'answers', which is no expert of this file that embeds documents")]
    [InlineData("retrieval: { qdrant: { url: there } }\n", "retrieval.qdrant.url is 'there'")]
    public void Parse_PlacesForWhoAnswers_TakeNoOther(string section, string said) =>
        Assert.Contains(said, Assert.Throws<ConfigException>(() => Parse(section + Base)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_DefaultsForThoseThatAnswer_DoNotDisturb()
    {
        var experts = Parse("defaults: { max_tokens: 9, chat_template: chatml }\n" + Base).Experts;

        Assert.Equal(ExpertPurpose.Embed, experts[1].Purpose);
    }

    static OrchestratorConfig Parse(string yaml) => ConfigReader.Parse(yaml, "/folder/orchestrator.yaml");
}
