namespace Orchestrator.Jobs.Evaluation.Statistics;

/// <summary>Wall time that one expert took, in seconds a question.</summary>
/// <param name="Greedy">Of the arm in which it answers once.</param>
/// <param name="Samples">Of each sample, in their order: its share of the round in which it was drawn.</param>
public sealed record SampledSeconds(double Greedy, IReadOnlyList<double> Samples)
{
    /// <summary>Seconds of as many calls.</summary>
    /// <param name="calls">At least 1; 1 is the greedy answer.</param>
    public double Of(int calls) => calls == 1 ? Greedy : Samples.Take(calls).Sum();
}
