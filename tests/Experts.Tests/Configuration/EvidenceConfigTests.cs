using Orchestrator.Experts.Configuration;

namespace Orchestrator.Experts.Tests.Configuration;

public sealed class EvidenceConfigTests
{
    [Fact]
    public void Parse_EvidenceOfAPolicy_IsNoOptionOfItsStrategy()
    {
        var policy = Policy("evidence: 4, evidence_within: 3s");

        Assert.Equal((4, TimeSpan.FromSeconds(3)), (policy.Evidence, policy.EvidenceWithin));
        Assert.Empty(policy.Options);
    }

    [Fact]
    public void Parse_NothingSaid_BelievesTheFirst() => Assert.Equal(1, Policy("quality_weight: 1").Evidence);

    [Theory]
    [InlineData("evidence: 0", "policies.p.evidence is '0', allowed is a whole number from 1 to 16")]
    [InlineData("evidence_within: 0s", "policies.p.evidence_within is '0s'")]
    [InlineData("evidence_within: soon", "such as 10s")]
    [InlineData("evidence: 2, panel: 3", "one of them must be 1")]
    public void Parse_BadEvidence_SaysWhatIsAllowed(string written, string expected)
    {
        var failure = Assert.Throws<ConfigException>(() => Policy(written));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    static PolicyConfig Policy(string written) => ConfigReader.Parse(
        $"policies: {{ p: {{ strategy: nearest, {written} }} }}\nexperts: [{{ id: a, file: a.gguf }}]", "/x/orchestrator.yaml").Policies[0];
}
