using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Jobs.Retrieval.Arms;
using Orchestrator.Jobs.Retrieval.Searching;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Retrieval.Results;

/// <summary>What was measured of every query as JSON Lines: a header, then one line a query, for those who compute with it.</summary>
public static class RetrievalFile
{
    const int Version = 1;

    static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="IOException">The folder is missing or cannot be written.</exception>
    public static void Write(string path, RetrievalResult result) => WholeFile.Replace(path, writer =>
    {
        writer.Write(JsonSerializer.Serialize(new
        {
            Version,
            result.Base,
            result.MultiTask,
            result.Space,
            Collections = result.Corpora.Select(corpus => new { corpus.Name, Documents = corpus.Documents.Count, Queries = corpus.Queries.Count }),
            Arms = result.Arms.Select(arm => arm.Name),
            Hybrid = new { result.Hybrid.K, result.Hybrid.Weight },
            Measures = (string[])["ndcg@10", "recall@100", "mrr@10"],
        }, Format) + "\n");
        for (int collection = 0; collection < result.Corpora.Count; collection++)
        {
            for (int query = 0; query < result.Corpora[collection].Queries.Count; query++)
                writer.Write(JsonSerializer.Serialize(Line(result, collection, query), Format) + "\n");
        }
    });

    static object Line(RetrievalResult result, int collection, int query) => new
    {
        Collection = result.Corpora[collection].Name,
        Query = result.Corpora[collection].Queries[query].Id,
        Arms = result.Arms.ToDictionary(arm => arm.Name, arm => Cell(arm, collection, query), StringComparer.Ordinal),
    };

    static object Cell(ArmRow arm, int collection, int query)
    {
        QueryRun run = arm.Runs[collection][query];
        return new
        {
            Scores = (double[])[Math.Round(run.Scores.Ndcg, 5), Math.Round(run.Scores.Recall, 5), Math.Round(run.Scores.Mrr, 5)],
            run.Expert,
            Milliseconds = Math.Round(run.Times.Total.TotalMilliseconds, 4),
        };
    }
}
