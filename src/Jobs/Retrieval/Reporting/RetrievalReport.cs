using Orchestrator.Jobs.Reports;
using Orchestrator.Jobs.Retrieval.Results;

namespace Orchestrator.Jobs.Retrieval.Reporting;

/// <summary>Words what came of an evaluation of retrieval.</summary>
public static class RetrievalReport
{
    public static string Markdown(RetrievalResult result) => MarkdownReport.Write(Of(result));

    /// <summary>One page that needs nothing else.</summary>
    public static string Html(RetrievalResult result) =>
        HtmlReport.Write(Of(result), [("nDCG@10, mean over collections", RetrievalPlot.Draw(result))]);

    static Report Of(RetrievalResult result) => new(
        $"Retrieval on {string.Join(", ", result.Corpora.Select(corpus => corpus.Name))}", [.. Describe(result)], [.. result.Warnings],
        [.. ScoreTables.Of(result), TimeTable.Of(result), ChoiceTable.Of(result), .. RemovalTable.Of(result)]);

    static IEnumerable<string> Describe(RetrievalResult result)
    {
        foreach (var corpus in result.Corpora)
            yield return $"{corpus.Name}: {corpus.Documents.Count} documents, {corpus.Queries.Count} judged queries.";
        string rule = $"{result.Options.Pilots.Rule}".ToLowerInvariant();
        yield return $"Pilots of the space {result.Space}; hybrids and removals are routed by the rule {rule}, which the configuration sets.";
        yield return $"Hybrids are reciprocal rank fusions with k = {result.Hybrid.K} and weights 1 for BM25 and {result.Hybrid.Weight:0.##} for vectors, chosen on queries of no test.";
        yield return "nDCG@10 has trec_eval's linear gain. Equal scores rank by the order of the corpus. Vectors are searched exactly.";
        yield return $"Brackets are {100 * result.Options.Bootstrap.Level:0.##} % intervals of the percentile bootstrap over queries "
            + $"({result.Options.Bootstrap.Resamples} resamples, seed {result.Options.Bootstrap.Seed}); differences are paired by query. The mean gives every collection the same weight.";
        foreach (string note in result.Notes)
            yield return note;
    }
}
