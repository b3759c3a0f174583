using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Strategies;

/// <summary>The strategy <c>auto</c> has no options: <c>orchestrator train auto</c> chooses them with the strategy.</summary>
sealed record AutoOptions;

/// <summary>
/// What <c>auto</c> is where no choice of a strategy applies: ridge, which needs no tuning and fits at once. Where one applies the
/// policy is of the chosen strategy before anything is fitted, see <see cref="Routing.Automatic.AutoPolicies"/>.
/// </summary>
sealed class AutoStrategy(Profile profile) : ScoringStrategy(profile)
{
    readonly RidgeStrategy _ridge = new(profile, new RidgeOptions());

    public override void Expect(ProfiledQuestion question, Span<double> scores) => _ridge.Expect(question, scores);

    protected override IEnumerable<string> Reasons(ProfiledQuestion question, RankedExpert first) =>
        [AgainstMean(question, first), "By ridge, because no choice of 'orchestrator train auto' applies."];
}
