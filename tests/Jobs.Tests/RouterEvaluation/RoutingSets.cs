using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.RouterEvaluation;
using Orchestrator.Jobs.RouterEvaluation.Data;
using Orchestrator.Jobs.RouterEvaluation.Learning;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Outcomes;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Jobs.Tests.RouterEvaluation;

/// <summary>A small world: abacus adds and cipher reverses, nine times of ten; abacus is dear.</summary>
static class RoutingSets
{
    public static RouterEvaluationOptions Options { get; } = new() { Timed = 3, Bootstrap = new() { Resamples = 100 } };

    public static RoutingSet Small { get; } = new("small", ["novice", "cipher", "abacus"], [.. Enumerable.Range(0, 120).Select(Row)]);

    public static Contender[] Contenders { get; } = [.. new[] { "best-single", "nearest", "random" }.Select(Contender.Of)];

    /// <summary>A policy that cannot be fitted.</summary>
    public static Contender WrongOption { get; } =
        Contender.Of(new PolicyConfig("nearest", "nearest", new Dictionary<string, string> { ["neighbours"] = "0" }, Line: 0));

    public static Learner Learner { get; } = new(Options, texts => QuestionSpace.Hashed([.. texts]), new ManualTime());

    static RoutingRow Row(int i)
    {
        bool adds = i % 2 == 0, right = i % 20 < 18;
        string question = adds ? $"What is {10 + i * 37 % 89} + {11 + i * 53 % 88}?" : $"Reverse the word {Word(i)}.";
        Outcome?[] outcomes = [Of(i % 4 == 0, 1), Of(!adds && right, 2), Of(adds && right, 10)];
        return new RoutingRow(
            new OutcomeRow($"q{i}", question, [], outcomes) { Category = adds ? "add" : "reverse" }, "made", i < 80 ? "train" : "test");
    }

    static Outcome? Of(bool right, double cost) => new Outcome(right ? 1 : 0, null) { Cost = cost };

    static string Word(int seed) =>
        string.Concat(Enumerable.Range(0, 4).Select(at => (char)('A' + ((seed * (7 + at) + at * 11 + seed / 26) % 26))));
}
