using System.Text.Json.Nodes;
using Orchestrator.Retrieval.Lexical;
using Orchestrator.Router.Embedding;

namespace Orchestrator.Retrieval.Collections.Qdrant;

/// <summary>
/// BM25 as a product of sparse vectors: a document's has tf / (tf + k1 · (1 - b + b · length / mean)) for each of its terms, a
/// query's how often it has the term, and the server multiplies by idf from its own counts (<c>"modifier": "idf"</c>), so that
/// no statistics have to be kept in step here. The mean length is a constant, since a document's vector does not change with
/// its neighbours: scores differ a little from those of <see cref="Bm25Index"/>.
/// </summary>
static class TermWeights
{
    /// <summary>Terms of a passage of usual length without stop words.</summary>
    const double MeanLength = 100;

    static readonly Bm25Options Options = Bm25Options.Default;

    /// <returns>Null for a text without terms.</returns>
    public static JsonObject? OfDocument(string text)
    {
        List<string> terms = TextTerms.Of(text, Options.Text);
        double norm = Options.K1 * (1 - Options.B + (Options.B * terms.Count / MeanLength));
        return Sparse(terms, times => times / (times + norm));
    }

    public static JsonObject? OfQuery(string text) => Sparse(TextTerms.Of(text, Options.Text), times => times);

    static JsonObject? Sparse(List<string> terms, Func<int, double> weigh)
    {
        // Terms that share a number are one term to the server: one pair in four billion.
        var counts = terms.CountBy(term => (uint)StableHash.Of(term)).OrderBy(pair => pair.Key).ToArray();
        return counts.Length == 0 ? null : new JsonObject
        {
            ["indices"] = new JsonArray([.. counts.Select(pair => JsonValue.Create(pair.Key))]),
            ["values"] = new JsonArray([.. counts.Select(pair => JsonValue.Create((float)weigh(pair.Value)))]),
        };
    }
}
