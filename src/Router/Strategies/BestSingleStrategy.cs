using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Strategies;

/// <summary>The strategy <c>best-single</c> has no options.</summary>
sealed record BestSingleOptions;

/// <summary>
/// Always the expert with the highest mean over the profile, whatever the question: the baseline that routing must beat.
/// </summary>
sealed class BestSingleStrategy(Profile profile) : IRoutingStrategy
{
    public Ranking Rank(ProfiledQuestion question, IReadOnlySet<string> experts)
    {
        IReadOnlyList<RankedExpert> ranked = Ranking.Order(experts.Select(Mean));
        RankedExpert first = ranked[0];
        string reason = $"{first.Expert} has the highest mean over all profiled questions: " +
            $"{first.Score:0.00} over {first.Support}.";
        return new Ranking(ranked, first.Score, [reason, .. Explain.Others(ranked)]);
    }

    RankedExpert Mean(string expert)
    {
        int column = profile.ColumnOf(expert);
        return new RankedExpert(expert, profile.Means[column], profile.Answered[column]);
    }
}
