namespace Orchestrator.Aggregator.Voting;

/// <summary>
/// What one vote counts: w = ln(p / (1 − p)) for a member that is right with the chance p, which makes the weighted majority
/// right most often where members err independently (Nitzan and Paroush 1982). One that is expected to be wrong still counts
/// a little: its answer is better than none.
/// </summary>
static class VoteWeight
{
    /// <summary>Nobody is so sure that no number of others could outvote it.</summary>
    const double Surest = 0.999;

    public const double Least = 0.05;

    /// <param name="chance">The score that the route plan expects of the member, 0…1.</param>
    public static double Of(double chance)
    {
        double p = Math.Clamp(chance, 1 - Surest, Surest);
        return Math.Max(Math.Log(p / (1 - p)), Least);
    }
}
