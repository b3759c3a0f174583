using Orchestrator.Jobs.Retrieval.Data;
using Orchestrator.Jobs.Retrieval.Judging;

namespace Orchestrator.Jobs.Tests.Retrieval.Judging;

public sealed class RankScoresTests
{
    static JudgedQuery Query(Dictionary<int, int> grades, params int[] excluded) => new("q", "text", grades, excluded.ToHashSet());

    [Fact]
    public void Of_GradedRanking_HasLinearGain()
    {
        // (3 / log2 2 + 2 / log2 4) / (3 / log2 2 + 2 / log2 3 + 1 / log2 4)
        RankScores scores = RankScores.Of([7, 9, 5], Query(new() { [7] = 3, [5] = 2, [6] = 1 }));

        Assert.Equal((3 + 1) / (3 + 2 / Math.Log2(3) + 0.5), scores.Ndcg, 12);
        Assert.Equal(2.0 / 3, scores.Recall, 12);
        Assert.Equal(1, scores.Mrr);
    }

    [Fact]
    public void Of_BeyondTheDepths_CountsForRecallAlone()
    {
        int[] ranking = [.. Enumerable.Range(0, 200)];

        Assert.Equal(new RankScores(0, 1, 0), RankScores.Of(ranking, Query(new() { [10] = 1 })));
        Assert.Equal(new RankScores(1 / Math.Log2(11), 1, 0.1), RankScores.Of(ranking, Query(new() { [9] = 1 })));
        Assert.Equal(new RankScores(0, 0, 0), RankScores.Of(ranking, Query(new() { [100] = 1 })));
    }

    [Fact]
    public void Of_ManyRelevant_IsNormalisedByTheFirstTen()
    {
        var grades = Enumerable.Range(0, 30).ToDictionary(place => place, _ => 1);

        Assert.Equal(1, RankScores.Of([.. Enumerable.Range(0, 10)], Query(grades)).Ndcg, 12);
    }

    [Fact]
    public void Of_ExcludedDocument_IsTakenOutBeforeJudging()
    {
        RankScores scores = RankScores.Of([4, 7], Query(new() { [7] = 1 }, 4));

        Assert.Equal(new RankScores(1, 1, 1), scores);
    }

    [Fact]
    public void Of_NothingFound_IsZero() => Assert.Equal(default, RankScores.Of([], Query(new() { [7] = 1 })));
}
