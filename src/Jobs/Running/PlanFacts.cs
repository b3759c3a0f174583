using Orchestrator.Retrieval.Answers;

namespace Orchestrator.Jobs.Running;

/// <summary>What was decided for one item, as far as answering and reports need it.</summary>
public sealed record PlanFacts
{
    /// <summary><c>direct</c> where the item names an expert.</summary>
    public required string Policy { get; init; }

    /// <summary>Who is asked, in the order of the route plan; an expert that answers several times is there as often.</summary>
    public required IReadOnlyList<string> Panel { get; init; }

    /// <summary>Above 0: the score that the plan expects of each place of the panel.</summary>
    public required IReadOnlyList<double> Weights { get; init; }

    /// <summary>Whether repeated places of one expert are the same greedy answer.</summary>
    public bool Greedy { get; init; }

    public string Aggregator { get; init; } = "first";

    /// <summary>The expert that merges, where the policy names one.</summary>
    public string? AggregatorExpert { get; init; }

    /// <summary>Who stands in, in this order, when nobody of the panel can be loaded.</summary>
    public IReadOnlyList<string> Reserves { get; init; } = [];

    /// <summary>0…1; null where nothing that was profiled supports any number.</summary>
    public double? Confidence { get; init; } = 1;

    public double SupportDistance { get; init; }

    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>What was found for the question; null where the policy has no collection.</summary>
    public AnswerContext? Context { get; init; }
}
