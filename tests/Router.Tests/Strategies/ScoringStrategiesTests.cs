using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Tests.Strategies;

/// <summary>What every strategy that learns from questions must find in a small world.</summary>
public sealed class ScoringStrategiesTests
{
    static readonly Dictionary<string, Func<Profile, ScoringStrategy>> Strategies = new(StringComparer.Ordinal)
    {
        ["clusters"] = part => new ClustersStrategy(part, new ClustersOptions()),
        ["factorisation"] = part => new FactorisationStrategy(part, new FactorisationOptions()),
        ["ridge"] = part => new RidgeStrategy(part, new RidgeOptions()),
        ["soft-category"] = part => new SoftCategoryStrategy(part, new SoftCategoryOptions()),
        ["stacked"] = part => new StackedStrategy(part, new StackedOptions()),
    };

    public static TheoryData<string> Names => [.. Strategies.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Rank_Question_PutsItsOwnerFirst(string name)
    {
        ScoringStrategy strategy = Strategies[name](Profiles.Small);

        Assert.Equal("abacus", strategy.Rank(Profiles.Small.Features("What is 34 + 71?"), Profiles.All).Ranked[0].Expert);
        Assert.Equal("cipher", strategy.Rank(Profiles.Small.Features("Reverse the word ZEBU."), Profiles.All).Ranked[0].Expert);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Rank_OwnerNotAvailable_NeverNamesIt(string name)
    {
        Ranking ranking = Strategies[name](Profiles.Small)
            .Rank(Profiles.Small.Features("What is 34 + 71?"), new HashSet<string> { "cipher", "novice" });

        Assert.Equal(["cipher", "novice"], ranking.Ranked.Select(expert => expert.Expert).Order());
    }

    [Fact]
    public void Reasons_Stacked_NameTheWeights()
    {
        Ranking ranking = Strategies["stacked"](Profiles.Small).Rank(Profiles.Small.Features("What is 34 + 71?"), Profiles.All);

        Assert.Contains(ranking.Reasons, reason => reason.StartsWith("Combined from nearest ", StringComparison.Ordinal)
            && reason.Contains("kernel-ridge ", StringComparison.Ordinal));
    }

    [Fact]
    public void Reasons_Clusters_NameTheNearest()
    {
        Ranking ranking = Strategies["clusters"](Profiles.Small).Rank(Profiles.Small.Features("What is 34 + 71?"), Profiles.All);

        Assert.Matches(@"^abacus scored \d\.\d\d in the nearest of \d+ clusters \(\d+ questions\)", ranking.Reasons[0]);
    }

    [Theory]
    [InlineData(1, "abacus")]
    [InlineData(0.1, "novice")]
    public void Rank_ClustersWithAlpha_WeighCostAndChargeTheMeanWhereItIsUnknown(double alpha, string first)
    {
        double?[] costs = [0.1, null, 1];
        OutcomeTable priced = new("", Profiles.Table.Experts, [.. Profiles.Table.Rows.Select(row => row with
        {
            Outcomes = [.. row.Outcomes.Select((outcome, column) => outcome is { } known ? known with { Cost = costs[column] } : outcome)],
        })]);
        Profile profile = Profiles.Of(priced);

        Ranking ranking = new ClustersStrategy(profile, new ClustersOptions { Alpha = alpha })
            .Rank(profile.Features("What is 34 + 71?"), Profiles.All);

        Assert.Equal(first, ranking.Ranked[0].Expert);
        // Free of charge, cipher would be first at a low alpha.
        Assert.NotEqual("cipher", ranking.Ranked[0].Expert);
    }
}
