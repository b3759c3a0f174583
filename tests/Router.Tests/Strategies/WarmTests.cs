using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Tests.Strategies;

/// <summary>What strategies that build on <c>ridge</c> make before the first question, so that it need not wait for five fits.</summary>
public sealed class WarmTests
{
    [Theory]
    [InlineData("tryage")]
    [InlineData("top-p")]
    public void Warm_StrategyThatBuildsOnRidge_LeavesNoFitToTheFirstRanking(string name)
    {
        int fits = 0;
        Profile profile = Profiles.Of(Profiles.Table);
        profile.Shared(new RidgeOptions(), () => ScoringStrategy.Calibrated(profile, part =>
        {
            fits++;
            return new BestSingleStrategy(part);
        }));
        IRoutingStrategy strategy = name == "tryage" ? new TryageStrategy(profile, new TryageOptions()) : new TopPStrategy(profile, new TopPOptions(), 2);

        strategy.Warm();
        int warmed = fits;
        strategy.Rank(profile.Features("What is 34 + 71?"), Profiles.All);

        Assert.Equal(1 + OutOfFold.Folds, warmed);
        Assert.Equal(warmed, fits);
    }
}
