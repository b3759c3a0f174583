using Orchestrator.Experts;
using Orchestrator.Experts.Embedding;
using Orchestrator.Jobs.Retrieval.Data;
using Orchestrator.Jobs.Retrieval.Judging;
using Orchestrator.Retrieval.Lexical;
using Orchestrator.Router.Embedding;

namespace Orchestrator.Jobs.Retrieval.Searching;

/// <summary>
/// Searches collections for their queries, expert by expert. Documents are embedded many at a time and searched exactly, so
/// that a score is the expert's and no index's; queries one at a time, which is how they come and what their time is.
/// </summary>
public sealed class CorpusSearch(EmbeddingTeam team, IDocumentVectors documents, TimeProvider time)
{
    /// <summary>Rankings are kept deeper than what is judged: fusion finds documents below it.</summary>
    public const int Depth = 200;

    static readonly VectorIndexOptions Exact = new() { ApproximateFrom = int.MaxValue };

    /// <param name="experts">Who searches; the base embeds the queries in any case.</param>
    /// <param name="tell">Is told before each expert.</param>
    /// <exception cref="ExpertException">An expert cannot embed.</exception>
    public async Task<CorpusRuns> RunAsync(
        JudgedCorpus corpus, IEnumerable<IEmbeddingExpert> experts, Action<string>? tell, CancellationToken cancellationToken)
    {
        var runs = new Dictionary<string, IReadOnlyList<QueryRun>>(StringComparer.Ordinal);
        float[][]? baseVectors = null;
        foreach (var space in experts.Prepend(team.Base).Distinct().GroupBy(team.DocumentsFor))
        {
            tell?.Invoke($"{corpus.Name}: {corpus.Documents.Count} documents by {space.Key.Id}");
            VectorIndex index = await IndexAsync(space.Key, corpus, cancellationToken);
            foreach (IEmbeddingExpert expert in space)
            {
                tell?.Invoke($"{corpus.Name}: {corpus.Queries.Count} queries by {expert.Id}");
                (QueryRun[] run, float[][] vectors) = await SearchAsync(expert, index, corpus, cancellationToken);
                runs.Add(expert.Id, run);
                if (expert == team.Base)
                    baseVectors = vectors;
            }
        }
        return new CorpusRuns(corpus, Words(corpus), runs, baseVectors!);
    }

    async Task<VectorIndex> IndexAsync(IEmbeddingExpert expert, JudgedCorpus corpus, CancellationToken cancellationToken)
    {
        string[] texts = [.. corpus.Documents.Select(document => document.Whole)];
        var vectors = new Queue<float[]>(await documents.OfAsync(expert, [.. texts.Where(IsSaying)], cancellationToken));
        float[] nothing = new float[vectors.Peek().Length];
        return VectorIndex.Of(nothing.Length, texts.Select(text => IsSaying(text) ? vectors.Dequeue() : nothing), Exact);
    }

    /// <summary>A document without text is like nothing.</summary>
    static bool IsSaying(string text) => !string.IsNullOrWhiteSpace(text);

    async Task<(QueryRun[] Run, float[][] Vectors)> SearchAsync(
        IEmbeddingExpert expert, VectorIndex index, JudgedCorpus corpus, CancellationToken cancellationToken)
    {
        var run = new QueryRun[corpus.Queries.Count];
        var vectors = new float[run.Length][];
        // The first one waits for the model, which no query after it does.
        await EmbedAsync(expert, corpus.Queries[0].Text, cancellationToken);
        for (int i = 0; i < run.Length; i++)
        {
            JudgedQuery query = corpus.Queries[i];
            long start = time.GetTimestamp();
            vectors[i] = await EmbedAsync(expert, query.Text, cancellationToken);
            long embedded = time.GetTimestamp();
            int[] ranking = [.. index.NearestExact(vectors[i], DepthFor(query)).Select(near => near.Row)];
            var times = new QueryTimes(TimeSpan.Zero, TimeSpan.Zero, time.GetElapsedTime(start, embedded), time.GetElapsedTime(embedded));
            run[i] = new QueryRun(ranking, RankScores.Of(ranking, query), times, expert.Id);
        }
        return (run, vectors);
    }

    QueryRun[] Words(JudgedCorpus corpus)
    {
        var index = new Bm25Index();
        foreach (CollectionDocument document in corpus.Documents)
            index.Add(document.Whole);
        return
        [
            .. corpus.Queries.Select(query =>
            {
                long start = time.GetTimestamp();
                int[] ranking = [.. index.Search(query.Text, DepthFor(query)).Select(hit => hit.Row)];
                var times = new QueryTimes(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, time.GetElapsedTime(start));
                return new QueryRun(ranking, RankScores.Of(ranking, query), times, null);
            }),
        ];
    }

    static int DepthFor(JudgedQuery query) => Depth + query.Excluded.Count;

    static async Task<float[]> EmbedAsync(IEmbeddingExpert expert, string text, CancellationToken cancellationToken)
    {
        var call = new EmbeddingCall([text], EmbeddedSide.Query) { CutLongTexts = true };
        return (await expert.EmbedAsync(call, cancellationToken)).Vectors[0];
    }
}
