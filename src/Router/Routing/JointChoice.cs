using System.Globalization;

namespace Orchestrator.Router.Routing;

/// <summary>
/// Trades an expert's expected score against the time until it can begin: u = w·score − (1 − w)·t / (t + 2 s), where w is
/// the policy's <c>quality_weight</c> and t the expected wait for queue and load. At w = 1 the wait is ignored; at w = 0
/// only it counts; at 0.5 an expert that has to be waited for 2 s must be expected to score 0.5 more than one that is ready.
/// </summary>
static class JointChoice
{
    /// <summary>A wait that costs half of what waiting can cost at all: the time after which people look away.</summary>
    static readonly TimeSpan HalfCost = TimeSpan.FromSeconds(2);

    /// <param name="waits">Expected wait by expert; nobody waits for one that is missing.</param>
    /// <returns>The ranking by utility, scores unchanged, and the reason if that changed who is first.</returns>
    public static (IReadOnlyList<RankedExpert> Ranked, string? Reason) Rank(
        IReadOnlyList<RankedExpert> ranked, IReadOnlyDictionary<string, TimeSpan> waits, double weight)
    {
        if (weight >= 1 || ranked.Count == 0)
            return (ranked, null);
        RankedExpert[] joint =
        [
            .. ranked.Select((expert, place) => (expert, place, utility: Utility(expert)))
                .OrderByDescending(entry => entry.utility).ThenBy(entry => entry.place).Select(entry => entry.expert),
        ];
        return (joint, joint[0] == ranked[0] ? null : Explain(joint[0], ranked[0]));

        double Utility(RankedExpert expert)
        {
            double wait = Wait(expert).TotalSeconds;
            return weight * expert.Score - (1 - weight) * wait / (wait + HalfCost.TotalSeconds);
        }

        TimeSpan Wait(RankedExpert expert) => waits.GetValueOrDefault(expert.Expert);

        string Explain(RankedExpert chosen, RankedExpert best) => string.Create(
            CultureInfo.InvariantCulture,
            $"{chosen.Expert} ({chosen.Score:0.00}, ready in {Wait(chosen).TotalSeconds:0.0} s) goes before {best.Expert} " +
            $"({best.Score:0.00}, {Wait(best).TotalSeconds:0.0} s) at quality weight {weight:0.##}.");
    }
}
