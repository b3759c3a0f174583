using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Strategies;

/// <summary>The strategy <c>best-single</c> has no options.</summary>
sealed record BestSingleOptions;

/// <summary>
/// Always the expert with the highest mean over the profile, whatever the question: the baseline that routing must beat.
/// </summary>
sealed class BestSingleStrategy(Profile profile) : ScoringStrategy(profile)
{
    /// <summary>A baseline that stays what it is.</summary>
    public override bool Learns => false;

    public override void Expect(ProfiledQuestion question, Span<double> scores) => Profile.Means.ToArray().CopyTo(scores);

    protected override IEnumerable<string> Reasons(ProfiledQuestion question, RankedExpert first) =>
        [$"{first.Expert} has the highest mean over all profiled questions: {first.Score:0.00} over {first.Support}."];
}
