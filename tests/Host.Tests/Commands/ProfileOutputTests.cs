using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Commands;

namespace Orchestrator.Host.Tests.Commands;

public sealed class ProfileOutputTests
{
    [Fact]
    public void KeepInputs_WrittenIsRead_IsRefusedByName()
    {
        var problem = Assert.Throws<ConfigException>(() =>
            ProfileOutput.KeepInputs(["report.md", "here/../outcomes.jsonl"], "orchestrator.yaml", "outcomes.jsonl", null));

        Assert.Contains("here/../outcomes.jsonl is an input of this command; name another file to write.", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("report.md", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KeepInputs_NothingInCommon_IsFine() => ProfileOutput.KeepInputs(["report.md", null], "outcomes.jsonl");
}
