namespace Orchestrator.Jobs.RouterEvaluation.Judging;

/// <summary>Questions of about the same confidence, and what came of them.</summary>
public sealed record ReliabilityBin(double Confidence, double Score, int Count);

/// <summary>How far confidence can be taken at its word.</summary>
/// <param name="Bins">Ten of equal width, those without a question left out.</param>
/// <param name="Error">Expected calibration error: Σ share of the bin · |mean confidence − mean score|.</param>
public sealed record Reliability(IReadOnlyList<ReliabilityBin> Bins, double Error)
{
    const int Width = 10;

    /// <param name="pairs">At least one; confidence in 0…1.</param>
    public static Reliability Of(IReadOnlyCollection<(double Confidence, double Score)> pairs)
    {
        ReliabilityBin[] bins = [.. pairs.GroupBy(pair => Math.Min((int)(pair.Confidence * Width), Width - 1)).OrderBy(bin => bin.Key)
            .Select(bin => new ReliabilityBin(bin.Average(pair => pair.Confidence), bin.Average(pair => pair.Score), bin.Count()))];
        return new Reliability(bins, bins.Sum(bin => (double)bin.Count / pairs.Count * Math.Abs(bin.Confidence - bin.Score)));
    }
}
