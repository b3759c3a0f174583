namespace Orchestrator.Jobs.RouterEvaluation.Judging;

/// <summary>A trade-off between score and cost: what it scored and cost on average.</summary>
public sealed record CurvePoint(double Cost, double Score);

/// <summary>What the cheapest trade-off that seemed good enough kept of the reference expert's score, and took of its cost.</summary>
public sealed record Saving(double Kept, double Cost);

/// <summary>What came of one way of choosing on the test questions of one split.</summary>
/// <param name="Name">A contender, or a reference.</param>
/// <param name="Scores">One for each question.</param>
/// <param name="Costs">One for each question; null where it is not known.</param>
public sealed record JudgedColumn(string Name, IReadOnlyList<double> Scores, IReadOnlyList<double?> Costs)
{
    /// <summary>0…1 for each question; null for references, which have none.</summary>
    public IReadOnlyList<double>? Confidence { get; init; }

    /// <summary>By rising price of cost; empty where costs are unknown.</summary>
    public IReadOnlyList<CurvePoint> Curve { get; init; } = [];

    /// <summary>Mean score over the range of costs from the cheapest to the dearest expert.</summary>
    public double? Area { get; init; }

    public Saving? Saving { get; init; }
}
