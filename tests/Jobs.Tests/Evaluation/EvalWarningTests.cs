using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Aggregation;
using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Evaluation.Results;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Jobs.Reports;
using Orchestrator.Router.Outcomes;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Jobs.Tests.Evaluation;

/// <summary>What a result says about itself.</summary>
public sealed class EvalWarningTests
{
    static readonly EvalOptions Trio = EvalCase.Options with { Policies = ["trio"] };

    static readonly AggregationChoice Chosen = new()
    {
        Source = "ten.jsonl",
        Items = new ItemSet(9, "", []),
        Results = [new CandidateResult("novice", "", null, 8, 9, 0, null)],
    };

    [Fact]
    public async Task RunAsync_SamplingHurts_SaysThatGreedyIsTheStrongerBaseline()
    {
        // Sampled, cipher is wrong on two of the questions that it knows.
        EvalResult result = await RunAsync(Trio, answer: (model, question, sample) =>
            model == "cipher" && sample > 0 && question is "8" or "9" ? "Answer: no" : EvalCase.Answer(model, question, sample));

        string[] warnings = [.. result.Facts.Warnings.Where(warning => warning.Contains("stronger baseline", StringComparison.Ordinal))];
        Assert.Equal(2, warnings.Length);
        Assert.StartsWith($"{Columns.AtCalls("trio")} scores 30.0 %, less than the same expert once and greedily, 50.0 %", warnings[0], StringComparison.Ordinal);
        Assert.Contains("stronger baseline", MarkdownReport.Write(result), StringComparison.Ordinal);
        Assert.Contains("stronger baseline", HtmlReport.Write(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_SamplingIsAsGood_SaysNothing() =>
        Assert.DoesNotContain((await RunAsync(Trio)).Facts.Warnings, warning => warning.Contains("stronger", StringComparison.Ordinal));

    [Fact]
    public async Task RunAsync_Temperature_IsThatOfTheSamplesAndInTheReport()
    {
        var runner = Runner(EvalCase.Answer);

        EvalResult result = await new EvalJob(Trio with { Temperature = 0.25f }, runner, new ManualTime()).RunAsync(EvalCase.Dataset, EvalCase.Subjects);

        Assert.Equal(0.25f, runner.Runs.Single(run => run.Items[0].Samples > 1).Items[0].Request.Sampling!.Temperature);
        Assert.Contains("sampled at temperature 0.25", MarkdownReport.Write(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_AnswerThatCannotBeRead_IsWrongAndCountedApart()
    {
        EvalResult result = await RunAsync(EvalCase.Options, answer: (model, question, sample) =>
            model == "auto" && question is "3" or "9" ? "no idea" : EvalCase.Answer(model, question, sample));

        Assert.Equal((2, 0), (result.Facts.Arms[0].Unread, result.Facts.Arms[0].Ungraded));
        Assert.Equal(0, result.Rows[3].Scores["auto"]);
        Assert.Contains("| failed | unread | ungraded |", MarkdownReport.Write(result), StringComparison.Ordinal);
        Assert.Matches(@"\| auto \| 10 .*\| 0 \| 2 \| 0 \|", MarkdownReport.Write(result));
    }

    [Fact]
    public async Task RunAsync_PartialProfile_NamesWhoCouldNotBeChosen()
    {
        var profile = new OutcomeTable("", ["abacus", "cipher"],
            [new OutcomeRow("p", "one", [], [new Outcome(0, 1), new Outcome(1, 1)]), new OutcomeRow("q", "two", [], [null, new Outcome(1, 1)])]);

        EvalResult result = await RunAsync(EvalCase.Options, EvalCase.Subjects with { Profile = profile });

        Assert.Contains("novice could not be chosen as the best single expert: the profile has no outcome of theirs.", result.Facts.Warnings);
        Assert.Contains(result.Facts.Warnings, warning => warning.EndsWith("of the 2 of the profile only some were put to abacus (1).", StringComparison.Ordinal));
        Assert.DoesNotContain((await RunAsync(EvalCase.Options)).Facts.Warnings, warning => warning.Contains("best single", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_ChoiceWithoutProfile_LeavesUngradedAnswersOut()
    {
        // The judge decides one answer of cipher on the questions set aside, and calls it right; abacus has more right ones, and wrong ones.
        ProfileQuestion[] questions = [.. EvalCase.Questions.Select(question => question with { Grader = "judge" })];
        var (validation, _) = ValidationSplit.Of(questions, 0.3);
        string[] setAside = [.. validation.Select(question => question.Question)];
        string Judge(string prompt) => prompt.Contains("by cipher", StringComparison.Ordinal)
            ? prompt.Contains($"Question:\n{setAside[0]}\n", StringComparison.Ordinal) ? "yes" : "hard to say"
            : prompt.Contains($"Question:\n{setAside[0]}\n", StringComparison.Ordinal) ? "no" : "yes";
        var runner = Runner((model, question, _) => model == "referee" ? Judge(question) : $"Answer: by {model}");

        EvalResult result = await new EvalJob(EvalCase.Options with { Judge = "referee" }, runner, new ManualTime())
            .RunAsync(EvalDataset.Of("judged", questions), EvalCase.Subjects with { Profile = OutcomeTable.Empty });

        Assert.Equal("cipher", result.Facts.BestSingle!.Expert);
    }

    [Theory]
    [InlineData("synthesis", null, true)]
    [InlineData("synthesis-always", null, true)]
    [InlineData("synthesis", "referee", false)]
    [InlineData("vote", null, false)]
    public async Task RunAsync_SynthesisWithoutAnyoneToMerge_IsAWarning(string aggregator, string? expert, bool warned)
    {
        EvalResult result = await RunAsync(Trio, Merging(aggregator, expert, null));

        Assert.Equal(warned, result.Facts.Warnings.Any(warning => warning.StartsWith("The policy trio votes", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("ten.jsonl", null, true)]
    [InlineData("other.jsonl", null, false)]
    [InlineData("ten.jsonl", "referee", false)]
    public async Task RunAsync_AggregatorChosenOnAFileOfThisName_IsAWarning(string source, string? expert, bool warned)
    {
        EvalResult result = await RunAsync(Trio, Merging("synthesis", expert, Chosen with { Source = source }));

        Assert.Equal(warned, result.Facts.Warnings.Any(warning => warning.StartsWith("novice, which merges, was chosen on ten.jsonl", StringComparison.Ordinal)));
        Assert.DoesNotContain(result.Facts.Warnings, warning => warning.Contains("votes", StringComparison.Ordinal));
    }

    static EvalSubjects Merging(string aggregator, string? expert, AggregationChoice? choice) => EvalCase.Subjects with
    {
        Policies = [new PolicyConfig("trio", "ridge", new Dictionary<string, string>(), 2) { Panel = 3, Aggregator = aggregator, AggregatorExpert = expert }],
        Aggregation = choice,
    };

    static FakeArmRunner Runner(Func<string, string, int, string> answer) => new(answer) { Panels = { ["trio"] = ["abacus", "cipher", "novice"] } };

    static Task<EvalResult> RunAsync(EvalOptions options, EvalSubjects? subjects = null, Func<string, string, int, string>? answer = null) =>
        new EvalJob(options, Runner(answer ?? EvalCase.Answer), new ManualTime()).RunAsync(EvalCase.Dataset, subjects ?? EvalCase.Subjects);
}
