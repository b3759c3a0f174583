using Orchestrator.Host.Commands;
using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Host.Tests.Commands;

public sealed class EvalProgressBarTests
{
    readonly StringWriter _written = new();

    [Fact]
    public void Describe_HalfWay_TellsItemsExpertsLoadsAndTimeLeft() => Assert.Equal(
        "[2/17] auto             [##########----------]   450/900 items, 3/6 experts asked, 4 loads, 2 min left",
        EvalProgressBar.Describe(At("auto", 2, 450, TimeSpan.FromSeconds(70))));

    [Fact]
    public void Describe_Done_LeavesTheStageOut() => Assert.EndsWith("900/900 items, 4 loads", EvalProgressBar.Describe(At("auto", 2, 900, TimeSpan.Zero)));

    [Fact]
    public void Describe_Failures_AreTold() => Assert.Contains(
        "455/900 items, 3/6 experts asked, 4 loads, 5 failed, 9 s left",
        EvalProgressBar.Describe(At("auto", 2, 450, TimeSpan.FromSeconds(8.2), failed: 5)));

    [Fact]
    public void Describe_Nothing_IsNoDivisionByZero() =>
        Assert.Contains("0/0 items, 0 loads", EvalProgressBar.Describe(new EvalProgress("a", 1, 1, new JobProgress { Stage = JobStage.Route })));

    [Fact]
    public void Report_OnATerminal_RewritesTheLine()
    {
        var bar = new EvalProgressBar(_written, rewrites: true);

        bar.Report(At("auto", 1, 899, TimeSpan.FromSeconds(1)));
        bar.Report(At("auto", 1, 900, null));
        bar.Report(At("best", 2, 0, null));
        bar.End();

        var lines = _written.ToString().Split(Environment.NewLine);
        Assert.Equal(3, lines.Length);
        Assert.Equal(2, lines[0].Count(letter => letter == '\r'));
        // The longer line is covered.
        var parts = lines[0].Split('\r');
        Assert.Equal(parts[1].Length, parts[2].Length);
        Assert.StartsWith("\r[2/17] best", lines[1]);
    }

    [Fact]
    public void Report_Elsewhere_WritesOneLineAnArm()
    {
        var bar = new EvalProgressBar(_written, rewrites: false);

        for (var done = 0; done <= 900; done += 100) bar.Report(At("auto", 1, done, null));
        bar.Report(At("best", 2, 900, null));
        bar.End();
        bar.End();

        Assert.Equal(2, _written.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain('\r', _written.ToString().Replace(Environment.NewLine, "", StringComparison.Ordinal));
    }

    static EvalProgress At(string arm, int place, int done, TimeSpan? left, int failed = 0) => new(arm, place, 17, new JobProgress
    {
        Stage = JobStage.Ask,
        ItemsDone = done,
        ItemsFailed = failed,
        Items = 900,
        ExpertsDone = 3,
        Experts = 6,
        Loads = 4,
        Remaining = left,
    });
}
