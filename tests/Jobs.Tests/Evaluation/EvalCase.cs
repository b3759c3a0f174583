using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Evaluation.Statistics;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Tests.Evaluation;

/// <summary>
/// Ten questions and three experts: abacus knows the first five, cipher the last five, novice the first three. The policy
/// auto is right on the first eight.
/// </summary>
static class EvalCase
{
    public static readonly ProfileQuestion[] Questions =
    [
        .. Enumerable.Range(0, 10).Select(i => new ProfileQuestion
        {
            Id = $"q{i}", Question = $"{i}", Reference = $"r{i}", Skills = [i < 5 ? "add" : "reverse"],
        }),
    ];

    public static readonly EvalOptions Options = new()
    {
        Policies = ["auto"],
        Bootstrap = new BootstrapOptions { Resamples = 200 },
    };

    public static readonly OutcomeTable Profile = new("by hand", ["abacus", "cipher", "novice"],
    [
        new OutcomeRow("p1", "known one", [], [new Outcome(0, 1), new Outcome(1, 1), new Outcome(0, 1)]),
        new OutcomeRow("p2", "known two", [], [new Outcome(1, 1), new Outcome(1, 1), new Outcome(0, 1)]),
    ]);

    public static readonly EvalSubjects Subjects = new()
    {
        Policies = [new PolicyConfig("auto", "ridge", new Dictionary<string, string> { ["lambda"] = "1" }, 1), new PolicyConfig("trio", "ridge", new Dictionary<string, string>(), 2) { Panel = 3 }],
        Experts = ["abacus", "cipher", "novice"],
        All = ["abacus", "cipher", "novice", "referee"],
        Profile = Profile,
        Fingerprint = "config",
    };

    public static EvalDataset Dataset => EvalDataset.Of("ten.jsonl", Questions);

    public static string Answer(string model, string question, int sample)
    {
        int number = int.Parse(question);
        bool right = model switch
        {
            "abacus" => number < 5,
            "cipher" => number >= 5,
            "novice" => number < 3,
            _ => number < 8,
        };
        return right ? $"Answer: r{number}" : $"Answer: wrong by {model}";
    }
}
