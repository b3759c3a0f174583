namespace Orchestrator.Router.Coverage;

/// <summary>How far a plan is supported by what was profiled.</summary>
/// <param name="Distance">From the nearest profiled questions, in standard deviations from what is usual: about 0 for known tasks.</param>
/// <param name="Percentile">0…1: share of the profiled questions, each judged without its fold, that are no farther away.</param>
/// <param name="Region">The nearest region, from 0, as <c>orchestrator coverage</c> lists them.</param>
public sealed record RouteCoverage(CoverageVerdict Verdict, double Distance, double Percentile, int Region)
{
    /// <summary>From here on a confidence is high.</summary>
    public const double HighConfidence = 0.8;

    /// <summary>0…1: what the strategy expected of its choice, whether anything supports that or not.</summary>
    public double Claimed { get; init; }

    /// <summary>Who is reliably better; null unless the verdict is <see cref="CoverageVerdict.WrongSpecialist"/>.</summary>
    public string? Better { get; init; }

    /// <summary>The verdict and its numbers, in a sentence.</summary>
    public string Reason { get; init; } = "";

    /// <summary>High confidence far from everything known: the strategy does not notice that it guesses.</summary>
    public bool IsOverconfident => Verdict == CoverageVerdict.Novel && Claimed >= HighConfidence;
}
