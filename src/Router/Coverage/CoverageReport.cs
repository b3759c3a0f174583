using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Coverage;

/// <summary>One region of what was profiled.</summary>
/// <param name="Typical">The question nearest to its centre.</param>
/// <param name="Best">The expert that is reliable there with the highest lower bound.</param>
/// <param name="Reliability">Its mean score there, 0…1, shrunk toward its overall mean.</param>
/// <param name="AtLeast">The lower bound of that.</param>
/// <param name="Count">Questions that it rests on.</param>
public sealed record CoveredRegion(
    int Region, int Questions, string Typical, string Best, double Reliability, double AtLeast, int Count, bool HasSpecialist);

/// <summary>How honest a policy's confidence is.</summary>
/// <param name="Error">Expected calibration error, 0…1, on profiled questions that no fit had seen; null where a strategy is not calibrated.</param>
public sealed record PolicyHonesty(string Policy, double? Error);

/// <summary>What was profiled, and who is reliable where.</summary>
/// <param name="Regions">The largest first.</param>
/// <param name="NovelFrom">A question farther away is novel, in standard deviations from what is usual.</param>
/// <param name="Floor">The lower bound that makes a specialist.</param>
public sealed record CoverageReport(
    IReadOnlyList<CoveredRegion> Regions, double NovelFrom, double Floor, IReadOnlyList<PolicyHonesty> Policies)
{
    internal static CoverageReport Of(
        CoverageModel model, Profile profile, IReadOnlyList<(string Name, IRoutingStrategy Strategy)> policies) => new(
        [
            .. Enumerable.Range(0, model.RegionCount).Where(region => model.Regions.Sizes[region] > 0)
                .Select(region => Region(model, profile, region)).OfType<CoveredRegion>().OrderByDescending(region => region.Questions),
        ],
        model.NovelFrom,
        model.Floor,
        [.. policies.Select(policy => new PolicyHonesty(policy.Name, HeldOutHonesty.ErrorOf(profile, policy.Strategy)))]);

    /// <returns>Null when no expert was profiled at all.</returns>
    static CoveredRegion? Region(CoverageModel model, Profile profile, int region)
    {
        int best = model.Regions.MostReliable(region, Enumerable.Range(0, profile.Table.Experts.Count));
        if (best < 0)
            return null;
        Reliability cell = model.Regions[region, best];
        return new CoveredRegion(
            region, model.Regions.Sizes[region], profile.Table.Rows[model.TypicalOf(region)].Question, profile.Table.Experts[best],
            cell.Mean, cell.Lower, cell.Count, cell.Lower >= model.Floor);
    }
}
