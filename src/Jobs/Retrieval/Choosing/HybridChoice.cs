using Orchestrator.Jobs.Retrieval.Data;
using Orchestrator.Jobs.Retrieval.Judging;
using Orchestrator.Jobs.Retrieval.Searching;
using Orchestrator.Retrieval.Fusion;

namespace Orchestrator.Jobs.Retrieval.Choosing;

/// <summary>How BM25 and vectors become one ranking by reciprocal ranks.</summary>
/// <param name="K">How little the first places count above the next.</param>
/// <param name="Weight">Of the vectors' ranking, beside 1 for that of BM25.</param>
public sealed record HybridChoice(int K, double Weight)
{
    /// <summary>The paper's constant, and both rankings alike.</summary>
    public static HybridChoice Default { get; } = new(60, 1);

    static readonly int[] Constants = [5, 20, 60, 100];
    static readonly double[] Weights = [0.25, 0.5, 0.75, 1, 1.5, 2];

    /// <summary>The best mean over collections on queries of no test; of equally good ones that nearest to the default.</summary>
    /// <param name="runs">By collection: words and vectors of each query.</param>
    public static HybridChoice Fit(IReadOnlyList<(JudgedCorpus Corpus, IReadOnlyList<QueryRun> Words, IReadOnlyList<QueryRun> Vectors)> runs) =>
        Constants.SelectMany(k => Weights.Select(weight => new HybridChoice(k, weight)))
            .OrderBy(choice => Math.Abs(choice.K - Default.K) + Math.Abs(choice.Weight - Default.Weight))
            .MaxBy(choice => Math.Round(runs.Average(run => run.Corpus.Queries.Index().Average(query =>
                choice.Fuse(query.Item, run.Words[query.Index], run.Vectors[query.Index]).Scores.Ndcg)), 4))!;

    public QueryRun Fuse(JudgedQuery query, QueryRun words, QueryRun vectors)
    {
        int[] ranking =
        [
            .. ReciprocalRankFusion.Fuse<int>([new(words.Ranking), new(vectors.Ranking, Weight)], new RankFusionOptions { K = K })
                .Select(fused => fused.Item),
        ];
        QueryTimes times = vectors.Times with { Search = vectors.Times.Search + words.Times.Search };
        return new QueryRun(ranking, RankScores.Of(ranking, query), times, vectors.Expert);
    }
}
