using Orchestrator.Jobs.Retrieval.Choosing;
using Orchestrator.Jobs.Retrieval.Data;
using Orchestrator.Jobs.Retrieval.Searching;

namespace Orchestrator.Jobs.Tests.Retrieval.Choosing;

public sealed class HybridChoiceTests
{
    static readonly JudgedQuery Query = new("q", "t", new Dictionary<int, int> { [3] = 1 }, new HashSet<int>());

    static readonly JudgedCorpus Corpus = new("c", [], [Query], []);

    static QueryRun Run(params int[] ranking) => new(ranking, default, new QueryTimes(default, default, default, TimeSpan.FromMilliseconds(2)), "e");

    [Fact]
    public void Fuse_TwoRankings_IsJudgedAnewAndTakesBothTimes()
    {
        QueryRun fused = HybridChoice.Default.Fuse(Query, Run(1, 3), Run(2, 3));

        Assert.Equal([3, 1, 2], fused.Ranking);
        Assert.Equal(1, fused.Scores.Ndcg);
        Assert.Equal(TimeSpan.FromMilliseconds(4), fused.Times.Search);
        Assert.Equal("e", fused.Expert);
    }

    [Fact]
    public void Fit_OneSideIsRight_WeighsItMore()
    {
        QueryRun right = Run(9, 3), wrong = Run(1, 2);

        Assert.True(HybridChoice.Fit([(Corpus, [wrong], [right])]).Weight > 1);
        Assert.True(HybridChoice.Fit([(Corpus, [right], [wrong])]).Weight < 1);
        Assert.Equal(HybridChoice.Default, HybridChoice.Fit([(Corpus, [right], [right])]));
    }
}
