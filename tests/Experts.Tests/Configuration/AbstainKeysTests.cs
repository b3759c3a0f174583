using Orchestrator.Experts.Configuration;

namespace Orchestrator.Experts.Tests.Configuration;

/// <summary>What a policy says of questions that nothing supports its choice for.</summary>
public sealed class AbstainKeysTests
{
    [Fact]
    public void Parse_PolicyWithoutThem_NeverAbstains()
    {
        var policy = Parse("strategy: nearest");

        Assert.Equal((AbstainTo.None, null, 3, 0), (policy.Abstain, policy.Generalist, policy.AbstainPanel, policy.AbstainBelow));
    }

    [Fact]
    public void Parse_AbstainKeys_AreThePolicysAndNoOptionsOfItsStrategy()
    {
        var policy = Parse("strategy: nearest, abstain: generalist, generalist: a, abstain_below: 0.3");
        var wide = Parse("strategy: nearest, abstain: panel, abstain_panel: 5, aggregator: vote");

        Assert.Equal((AbstainTo.Generalist, "a", 0.3), (policy.Abstain, policy.Generalist, policy.AbstainBelow));
        Assert.Equal((AbstainTo.Panel, 5), (wide.Abstain, wide.AbstainPanel));
        Assert.Empty(policy.Options);
        Assert.Empty(wide.Options);
    }

    [Theory]
    [InlineData("abstain: maybe", "policies.auto.abstain is 'maybe', allowed are none, generalist and panel")]
    [InlineData("abstain: generalist", "policies.auto.abstain is 'generalist' and needs the key 'generalist', an expert's id")]
    [InlineData("abstain: generalist, generalist: nobody", "policies.auto.generalist is 'nobody', which is no expert of this file that answers")]
    [InlineData("abstain: generalist, generalist: namer", "policies.auto.generalist is 'namer', which is no expert of this file that answers")]
    [InlineData("generalist: a", "policies.auto.generalist is 'a', which only counts with abstain: generalist")]
    [InlineData("abstain: panel", "policies.auto.abstain is 'panel', whose answers the aggregator 'first' would not read")]
    [InlineData("abstain: panel, aggregator: vote, abstain_panel: 1", "policies.auto.abstain_panel is '1', allowed is a whole number from 2 to 16")]
    [InlineData("abstain_below: 2", "policies.auto.abstain_below is '2', allowed is a number from 0 to 1")]
    public void Parse_WrongKey_SaysWhatIsAllowed(string keys, string message)
    {
        var failure = Assert.Throws<ConfigException>(() => Parse($"strategy: nearest, {keys}"));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    static PolicyConfig Parse(string policy) => Assert.Single(ConfigReader.Parse($$"""
        policies:
          auto: { {{policy}} }
        experts:
          - { id: a, file: a.gguf }
          - { id: namer, file: b.gguf, purpose: tag }
        """, "/etc/o/o.yaml").Policies);
}
