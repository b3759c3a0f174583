using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Tests.Strategies;

public sealed class AutoStrategyTests
{
    [Fact]
    public void Rank_NoChoice_IsThatOfRidgeAndSaysSo()
    {
        ProfiledQuestion question = Profiles.Small.Features("What is 34 + 71?");

        Ranking auto = new AutoStrategy(Profiles.Small).Rank(question, Profiles.All);
        Ranking ridge = new RidgeStrategy(Profiles.Small, new RidgeOptions()).Rank(question, Profiles.All);

        Assert.Equal(ridge.Ranked, auto.Ranked);
        Assert.Contains(auto.Reasons, reason => reason.Contains("orchestrator train auto", StringComparison.Ordinal));
    }
}
