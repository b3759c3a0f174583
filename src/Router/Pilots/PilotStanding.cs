using System.Runtime.InteropServices;
using Orchestrator.Experts.Configuration;

namespace Orchestrator.Router.Pilots;

/// <summary>A pilot and its cosine with a query.</summary>
[StructLayout(LayoutKind.Auto)]
readonly record struct NearPilot(Pilot Pilot, double Cosine);

/// <summary>How an expert stands with a query.</summary>
/// <param name="Score">By the rule.</param>
/// <param name="Nearest">Of its pilots; of equally near ones the first.</param>
/// <param name="Queries">Behind all of its pilots.</param>
sealed record PilotStanding(string Expert, double Score, NearPilot Nearest, int Pilots, int Queries)
{
    /// <param name="pilots">At least one.</param>
    public static PilotStanding Of(string expert, IReadOnlyList<NearPilot> pilots, PilotRule rule)
    {
        NearPilot nearest = pilots.MaxBy(pilot => pilot.Cosine);
        double score = rule == PilotRule.Mean ? pilots.Average(pilot => pilot.Cosine) : nearest.Cosine;
        return new PilotStanding(expert, score, nearest, pilots.Count, pilots.Sum(pilot => pilot.Pilot.Queries));
    }
}
