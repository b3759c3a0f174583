using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Jobs.Tests.Evaluation;
using Orchestrator.Jobs.Training;
using Orchestrator.Retrieval.Answers;
using Orchestrator.Router.Gating;

namespace Orchestrator.Jobs.Tests.Training;

public sealed class GateTrainingTests
{
    static readonly PolicyConfig Ask = new("ask", "nearest", new Dictionary<string, string>(StringComparer.Ordinal), 1)
    {
        Context = new PassagesConfig("stock") { Passages = 2, Reader = "reader" },
    };

    /// <summary>Every second question is answered by the stock; the others are spoilt by it.</summary>
    static EvalDataset Questions(int count) => EvalDataset.Of("validation", [.. Enumerable.Range(0, count).Select(i => new ProfileQuestion
    {
        Id = $"q{i}", Question = i % 2 == 0 ? $"price {i}" : $"sum {i}", Reference = "7",
    })]);

    static FakeArmRunner Runner() => new((model, question, _) =>
        question.StartsWith("price", StringComparison.Ordinal) == (model == "ask+always") ? "Answer: 7" : "Answer: 0")
    {
        Found = (model, question) => model != "ask+always" ? null : new AnswerContext("stock", [new Passage("a", "text", 0.5)], "")
        {
            Features = new GateFeatures(question.StartsWith("price", StringComparison.Ordinal) ? 0.8 : 0.2, 0, 0, 0.5, 0.5),
        },
    };

    [Fact]
    public void Arms_Policy_IsThereTwiceAndElseTheSame()
    {
        var (always, never) = GateTraining.Arms(Ask);

        Assert.Equal(Ask with { Name = "ask+always", Context = Ask.Context! with { When = RetrieveWhen.Always } }, always);
        Assert.Equal(("ask+never", RetrieveWhen.Never), (never.Name, never.Context!.When));
    }

    [Fact]
    public void Arms_PolicyWithoutCollection_IsRefused() =>
        Assert.Contains("policies.ask has no collection", Assert.Throws<ConfigException>(() => GateTraining.Arms(Ask with { Context = null })).Message, StringComparison.Ordinal);

    [Fact]
    public async Task RunAsync_PassagesHelpWithHalf_GateTellsWhichAndNothingIsKept()
    {
        var runner = Runner();

        var gate = await new GateTraining(runner, "config").RunAsync(Ask, Questions(100), price: 0.01);

        Assert.Equal(("stock", 100, 0.5, 0.5, 1.0), (gate.Fitted.Collection, gate.Fitted.Questions, gate.Fitted.Never, gate.Fitted.Always, gate.Fitted.Gated));
        Assert.True(gate.Decide(new GateFeatures(0.8, 0, 0, 0.5, 0.5)).Retrieves);
        Assert.False(gate.Decide(new GateFeatures(0.2, 0, 0, 0.5, 0.5)).Retrieves);
        Assert.Empty(runner.Kept);
    }

    [Fact]
    public async Task RunAsync_TooFewQuestions_SaysHowManyItNeedsBeforeAnythingRuns()
    {
        var runner = Runner();

        var refused = await Assert.ThrowsAsync<EvalException>(() => new GateTraining(runner, "config").RunAsync(Ask, Questions(10), price: 0.01));

        Assert.Contains("at least 50 questions, the file has 10", refused.Message, StringComparison.Ordinal);
        Assert.Empty(runner.Runs);
    }

    [Fact]
    public async Task RunAsync_MostQuestionsFail_SaysWhy()
    {
        var runner = Runner();
        foreach (var question in Questions(60).Questions.Take(30)) runner.Refused.Add(("ask+always", question.Question));

        var refused = await Assert.ThrowsAsync<EvalException>(() => new GateTraining(runner, "config").RunAsync(Ask, Questions(60), price: 0.01));

        Assert.Contains("Only 30 of 60 questions could be answered with passages and without: Too long.", refused.Message, StringComparison.Ordinal);
    }
}
