using Orchestrator.Jobs.Evaluation.Arms;
using Orchestrator.Jobs.Evaluation.Statistics;

namespace Orchestrator.Jobs.Evaluation.Results;

/// <summary>Everything an evaluation found; reports and comparisons are made from it alone.</summary>
public sealed record EvalResult
{
    public required EvalFacts Facts { get; init; }

    /// <summary>One a question, in the order of the dataset.</summary>
    public required IReadOnlyList<EvalRow> Rows { get; init; }
}

/// <summary>All but the questions.</summary>
public sealed record EvalFacts
{
    /// <summary>What the dataset is called.</summary>
    public required string Dataset { get; init; }

    /// <summary>Of the questions that were reported.</summary>
    public required string Hash { get; init; }

    /// <summary>How many were reported; null in a result that does not say it.</summary>
    public int? Questions { get; init; }

    public required DateTimeOffset Date { get; init; }

    /// <summary>In the order they were run in.</summary>
    public required IReadOnlyList<PolicyFacts> Policies { get; init; }

    public required IReadOnlyList<string> Experts { get; init; }

    /// <summary>Null without baselines.</summary>
    public BestSingleFacts? BestSingle { get; init; }

    public string? Generalist { get; init; }

    public string? Judge { get; init; }

    public required int MaxTokens { get; init; }

    /// <summary>At which the best single expert was sampled.</summary>
    public float Temperature { get; init; }

    public BootstrapOptions Bootstrap { get; init; } = new();

    public required IReadOnlyList<ArmTotals> Arms { get; init; }

    /// <summary>Self-consistency by its column.</summary>
    public IReadOnlyDictionary<string, BudgetFacts> Budgets { get; init; } = new Dictionary<string, BudgetFacts>();

    /// <summary>Why there is no self-consistency to compare with, by its column.</summary>
    public IReadOnlyDictionary<string, string> Unknown { get; init; } = new Dictionary<string, string>();

    /// <summary>Parameters that each token passes through, by expert; who is missing is of unknown size.</summary>
    public IReadOnlyDictionary<string, long> Parameters { get; init; } = new Dictionary<string, long>();

    /// <summary>What a reader must know before trusting the numbers, in sentences.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>A policy as it was configured.</summary>
public sealed record PolicyFacts(
    string Name, string Strategy, int Panel, string Aggregator, string? AggregatorExpert, double QualityWeight,
    IReadOnlyDictionary<string, string> Options);

/// <param name="ChosenOn">The questions by which it was chosen, in words.</param>
public sealed record BestSingleFacts(string Expert, string ChosenOn);

/// <summary>What self-consistency took, to be compared with the policy; both are means over the questions.</summary>
/// <param name="Matched">Whether it got as much as the policy; otherwise it had fewer samples.</param>
public sealed record BudgetFacts(double Calls, double Tokens, double PolicyCalls, double PolicyTokens, bool Matched)
{
    /// <summary>Parameters times tokens a question; null where a size is unknown.</summary>
    public double? ParameterTokens { get; init; }

    /// <summary>Of all questions; null where time is not what was matched.</summary>
    public TimeSpan? WallTime { get; init; }

    internal static BudgetFacts Of(Budget budget, SelfConsistency used) => new(
        used.Calls, used.Tokens, budget.Policy.Calls, budget.Policy.Tokens, used.Matched)
    {
        ParameterTokens = budget.ParameterTokens,
        WallTime = budget.WallTime,
    };
}
