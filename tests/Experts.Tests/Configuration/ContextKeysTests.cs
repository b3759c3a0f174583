using Orchestrator.Experts.Configuration;

namespace Orchestrator.Experts.Tests.Configuration;

public sealed class ContextKeysTests
{
    [Fact]
    public void Parse_PolicyWithoutThem_HasNoContext() => Assert.Null(Parse("strategy: nearest").Context);

    [Fact]
    public void Parse_CollectionAlone_IsGatedWithThreePassages()
    {
        var context = Parse("strategy: nearest, collection: stock").Context!;

        Assert.Equal(("stock", RetrieveWhen.Gated, 3, null), (context.Collection, context.When, context.Passages, context.Reader));
    }

    [Fact]
    public void Parse_AllKeys_AreThePolicysAndNoOptionsOfItsStrategy()
    {
        var policy = Parse("strategy: nearest, collection: stock, retrieve: always, passages: 5, reader: a");

        Assert.Equal(new PassagesConfig("stock") { When = RetrieveWhen.Always, Passages = 5, Reader = "a" }, policy.Context);
        Assert.Empty(policy.Options);
    }

    [Theory]
    [InlineData("collection: s, retrieve: maybe", "policies.auto.retrieve is 'maybe', allowed are gated, always and never")]
    [InlineData("collection: s, passages: 0", "policies.auto.passages is '0', allowed is a whole number from 1 to 20")]
    [InlineData("collection: s, reader: nobody", "policies.auto.reader is 'nobody', which is no expert of this file")]
    [InlineData("retrieve: always, passages: 2", "policies.auto has retrieve, passages, which only count with the key 'collection', a collection's name")]
    public void Parse_WrongValue_NamesPolicyAndWhatIsAllowed(string keys, string problem)
    {
        var refused = Assert.Throws<ConfigException>(() => Parse($"strategy: nearest, {keys}"));

        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    static PolicyConfig Parse(string policy) => ConfigReader.Parse(
        $$"""
        policies:
          auto: { {{policy}} }
        experts:
          - { id: a, file: a.gguf }
        """,
        "/configs/orchestrator.yaml").Policies[0];
}
