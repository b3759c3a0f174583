using Orchestrator.Host.Commands;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Host.Tests.Commands;

public sealed class JobProgressLineTests
{
    [Fact]
    public void Report_OnATerminal_RewritesOneLineAndLeavesNothingOfALongerOne()
    {
        var text = new StringWriter();
        var line = new JobProgressLine(text, rewrites: true);

        line.Report(Now(10) with { Remaining = TimeSpan.FromSeconds(3725) });
        line.Report(Now(20));
        line.End();

        var lines = text.ToString().Split('\r', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("[##......................] ask   10/100 items, 0 failed, 1/4 experts, 7 loads, 01:02:05 left", lines[0]);
        Assert.StartsWith("[####....................] ask   20/100 items, 0 failed, 1/4 experts, 7 loads  ", lines[1], StringComparison.Ordinal);
        Assert.Equal(lines[0].Length, lines[1].TrimEnd('\n').Length);
    }

    [Fact]
    public void Report_Elsewhere_WritesALineForEachTenthAndStage()
    {
        var text = new StringWriter();
        var line = new JobProgressLine(text, rewrites: false);

        for (var done = 0; done <= 100; done++) line.Report(Now(done));
        line.Report(Now(100) with { Stage = JobStage.Merge });
        line.End();

        Assert.Equal(12, text.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void Report_NoItems_IsALineToo()
    {
        var text = new StringWriter();

        new JobProgressLine(text, rewrites: false).Report(new JobProgress { Stage = JobStage.Tag });

        Assert.Contains("0/0 items", text.ToString());
    }

    static JobProgress Now(int done) => new() { Stage = JobStage.Ask, Items = 100, ItemsDone = done, ExpertsDone = 1, Experts = 4, Loads = 7 };
}
