using System.Numerics.Tensors;
using System.Text.Json.Serialization;
using Orchestrator.Host.Retrieval;

namespace Orchestrator.Host.OpenAi;

/// <summary>Documents by their cosine with the query, the nearest first; equal ones in their given order.</summary>
/// <param name="Model">The expert that embedded the query.</param>
sealed record RerankReply(string Model, string Space, EmbeddedTokens Usage, IReadOnlyList<RerankedDocument> Results)
{
    public static RerankReply Of(RerankRequest request, RoutedVectors query, RoutedVectors documents)
    {
        var tokens = query.Tokens + documents.Tokens;
        var asked = query.Items[0];
        return new RerankReply(asked.Expert, query.Space, new EmbeddedTokens(tokens, tokens),
        [
            .. documents.Items
                .Select((item, index) => new RerankedDocument(index, TensorPrimitives.Dot<float>(asked.Vector, item.Vector))
                {
                    Document = request.ReturnDocuments ? new RerankedText(request.Documents[index]) : null,
                })
                .OrderByDescending(document => document.RelevanceScore).Take(request.Top),
        ]);
    }
}

/// <param name="Index">Its place in the request.</param>
/// <param name="RelevanceScore">Cosine, −1…1.</param>
sealed record RerankedDocument(int Index, float RelevanceScore)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RerankedText? Document { get; init; }
}

sealed record RerankedText(string Text);
