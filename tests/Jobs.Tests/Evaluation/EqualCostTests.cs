using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Evaluation.Results;
using Orchestrator.Jobs.Reports;
using Orchestrator.Jobs.Running;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Jobs.Tests.Evaluation;

/// <summary>The best single expert, which is cipher, given as many operations and as much time as a policy took. Its answers have ten tokens.</summary>
public sealed class EqualCostTests
{
    static readonly EvalOptions Trio = EvalCase.Options with { Policies = ["trio"] };

    static readonly Dictionary<string, long> Sizes = new() { ["abacus"] = 5_000, ["cipher"] = 1_000, ["novice"] = 9_000, ["namer"] = 100 };

    [Fact]
    public async Task RunAsync_LargerExpertsSpeak_SamplesTheBestSingleForAsManyOperations()
    {
        // All three members are abacus, of five times the parameters: 3 × 10 tokens are worth 150 of cipher's.
        EvalResult result = await RunAsync(Runner("abacus", "abacus", "abacus"), Trio, Sizes);

        BudgetFacts matched = result.Facts.Budgets[Columns.AtFlops("trio")];
        Assert.Equal((15, 150, true), (matched.Calls, matched.Tokens, matched.Matched));
        Assert.Equal(150_000, matched.ParameterTokens);
        Assert.Equal(3, result.Facts.Budgets[Columns.AtTokens("trio")].Calls);
        Assert.Contains(Columns.AtFlops("trio"), result.Rows[0].Scores.Keys);
    }

    [Fact]
    public async Task RunAsync_SmallerExpertSpeaks_IsASampleOrAShareOfOneFewer()
    {
        var sizes = new Dictionary<string, long>(Sizes) { ["cipher"] = 10_000 };

        EvalResult result = await RunAsync(Runner("abacus", "abacus", "abacus"), Trio, sizes);

        // 15 tokens of cipher, whose one call takes 10 and whose two take 20.
        Assert.Equal((1.5, 15), (result.Facts.Budgets[Columns.AtFlops("trio")].Calls, result.Facts.Budgets[Columns.AtFlops("trio")].Tokens));
    }

    [Fact]
    public async Task RunAsync_TaggedPolicy_CountsTheTaggersOperations()
    {
        FakeArmRunner runner = new(EvalCase.Answer) { Tagged = 400, Panels = { ["trio"] = ["cipher"] } };

        EvalResult result = await new EvalJob(Trio, runner, new ManualTime())
            .RunAsync(EvalCase.Dataset, EvalCase.Subjects with { Parameters = Sizes, Tagger = "namer" });

        Assert.Equal(4_000, result.Facts.Arms[0].TokensByExpert["namer"]);
        // 10 tokens of cipher and 400 of a tenth of its parameters.
        Assert.Equal(50, result.Facts.Budgets[Columns.AtFlops("trio")].Tokens, 9);
    }

    [Theory]
    [InlineData("abacus")]
    [InlineData("cipher")]
    public async Task RunAsync_SizeUnknown_SaysSoInsteadOfGuessing(string unknown)
    {
        var sizes = Sizes.Where(size => size.Key != unknown).ToDictionary();

        EvalResult result = await RunAsync(Runner("abacus", "abacus", "abacus"), Trio, sizes);

        string column = Columns.AtFlops("trio");
        Assert.Contains($"{column} is unknown: the number of parameters is not known of {unknown}.", result.Facts.Warnings);
        Assert.DoesNotContain(column, result.Rows[0].Scores.Keys);
        foreach (string text in (string[])[MarkdownReport.Write(result), HtmlReport.Write(result)])
        {
            Assert.Contains($"not known of {unknown}.", text, StringComparison.Ordinal);
            Assert.Matches(@"self-consistency \(FLOPs\)( as trio \| 10 \| unknown| as trio</td><td>10</td><td>unknown)", text);
        }
    }

    [Fact]
    public async Task RunAsync_SlowPolicy_SamplesTheBestSingleForAsLong()
    {
        // Greedily 2 s; a sample takes 3 s, so that 10 s are three samples and a third of another.
        FakeArmRunner runner = Runner(["abacus"], item => item.Model == "trio" ? 10 : item.Samples > 1 ? 3 * item.Samples : 2);

        EvalResult result = await RunAsync(runner, Trio, Sizes);

        BudgetFacts matched = result.Facts.Budgets[Columns.AtWallTime("trio")];
        Assert.Equal(10.0 / 3, matched.Calls, 9);
        Assert.Equal(TimeSpan.FromSeconds(10), matched.WallTime);
        Assert.True(matched.Matched);
        Assert.Contains("measured on the machine of this run", MarkdownReport.Write(result), StringComparison.Ordinal);
        Assert.Matches(@"\| \+ self-consistency \(wall time\) as trio \| 10 \| 3.33 \| 33.3 \| 33.3 k \|.* 10.0 s \|", MarkdownReport.Write(result));
    }

    [Fact]
    public async Task RunAsync_QuickPolicy_LeavesTheBestSingleOneCall()
    {
        EvalResult result = await RunAsync(Runner(["abacus"], item => item.Model == "trio" ? 1 : 2), Trio, Sizes);

        Assert.Equal((1, true), (result.Facts.Budgets[Columns.AtWallTime("trio")].Calls, result.Facts.Budgets[Columns.AtWallTime("trio")].Matched));
        Assert.Equal(TimeSpan.FromSeconds(2), result.Facts.Budgets[Columns.AtWallTime("trio")].WallTime);
    }

    [Fact]
    public async Task RunAsync_InterruptedArm_LeavesTheWallTimeUnknown()
    {
        var job = new EvalJob(Trio, Runner("abacus", "abacus", "abacus"), new ManualTime());
        await job.RunAsync(EvalCase.Dataset, EvalCase.Subjects);

        EvalResult again = await job.RunAsync(EvalCase.Dataset, EvalCase.Subjects);

        Assert.DoesNotContain(Columns.AtWallTime("trio"), again.Facts.Budgets.Keys);
        Assert.Contains("trio went on after an interruption", again.Facts.Unknown[Columns.AtWallTime("trio")], StringComparison.Ordinal);
    }

    static FakeArmRunner Runner(params string[] panel) => Runner(panel, _ => 2);

    static FakeArmRunner Runner(string[] panel, Func<JobItem, double> seconds) => new(EvalCase.Answer)
    {
        Panels = { ["trio"] = panel },
        Took = item => TimeSpan.FromSeconds(seconds(item)),
    };

    static Task<EvalResult> RunAsync(FakeArmRunner runner, EvalOptions options, Dictionary<string, long> sizes) =>
        new EvalJob(options, runner, new ManualTime()).RunAsync(EvalCase.Dataset, EvalCase.Subjects with { Parameters = sizes });
}
