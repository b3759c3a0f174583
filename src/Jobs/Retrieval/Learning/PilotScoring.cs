using Orchestrator.Experts.Embedding;
using Orchestrator.Jobs.Retrieval.Data;
using Orchestrator.Jobs.Retrieval.Searching;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Retrieval.Learning;

/// <summary>
/// How well every expert retrieves for the queries that pilots are made from, as an outcome table: a row is a query, its
/// category the domain and its scores nDCG@10. What is known of the same query already is not asked again.
/// </summary>
public sealed class PilotScoring(EmbeddingTeam team, CorpusSearch search)
{
    const string Source = "retrieval, nDCG@10";

    /// <param name="corpora">With queries that no test has.</param>
    /// <param name="known">Scores made before; null where there are none.</param>
    public async Task<ScoredQueries> RunAsync(
        IReadOnlyList<JudgedCorpus> corpora, OutcomeTable? known, Action<string>? tell, CancellationToken cancellationToken)
    {
        string[] experts = [.. team.Routed.Select(expert => expert.Id)];
        var rows = new List<OutcomeRow>();
        var vectors = new List<float[]>();
        foreach (JudgedCorpus corpus in corpora)
        {
            OutcomeRow[] before = [.. corpus.Queries.Select(query => Known(corpus.Name, query, experts, known))];
            IEmbeddingExpert[] missing = [.. team.Routed.Where((_, column) => before.Any(row => row.Outcomes[column] is null))];
            CorpusRuns runs = await search.RunAsync(corpus, missing, tell, cancellationToken);
            vectors.AddRange(runs.BaseVectors);
            rows.AddRange(before.Select((row, i) => row with
            {
                Outcomes = [.. row.Outcomes.Select((outcome, column) =>
                    runs.Experts.TryGetValue(experts[column], out var run) ? new Outcome(Score(run[i]), null) : outcome)],
            }));
        }
        return new ScoredQueries(new OutcomeTable(Source, experts, rows), vectors);
    }

    /// <summary>Discounts add up to 1 but for rounding.</summary>
    static double Score(QueryRun run) => Math.Min(1, run.Scores.Ndcg);

    static OutcomeRow Known(string domain, JudgedQuery query, string[] experts, OutcomeTable? known)
    {
        string id = $"{domain}/{query.Id}";
        OutcomeRow? row = known is not null && known.TryGetRow(id, out OutcomeRow found) && found.Question == query.Text ? found : null;
        return new OutcomeRow(id, query.Text, [], [.. experts.Select(expert =>
            row is not null && known!.ColumnOf(expert) is >= 0 and var column ? row.Outcomes[column] : null)]) { Category = domain };
    }
}
