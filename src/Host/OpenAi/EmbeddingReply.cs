using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Text.Json.Serialization;
using Orchestrator.Experts.Embedding;
using Orchestrator.Host.Retrieval;
using Orchestrator.Router.Pilots;

namespace Orchestrator.Host.OpenAi;

/// <summary>OpenAI's reply; every vector also names the expert that made it, and all are of the one space that is told.</summary>
/// <param name="Model">The expert that embedded all of them, or what was asked for where several did.</param>
sealed record EmbeddingReply(IReadOnlyList<EmbeddingItem> Data, string Model, string Space, EmbeddedTokens Usage)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; init; } = "list";

    /// <exception cref="ApiException">400 where more numbers are asked for than the vectors have.</exception>
    public static EmbeddingReply Of(EmbeddingRequest request, RoutedVectors embedded)
    {
        var whole = embedded.Items.Count > 0 ? embedded.Items[0].Vector.Length : 0;
        var kept = request.Dimensions ?? whole;
        if (kept > whole)
        {
            throw new ApiException(ApiError.Invalid(
                $"Invalid value for 'dimensions': {kept} is more than the {whole} of '{embedded.Items[0].Expert}'.", "dimensions", "invalid_value"));
        }

        return new EmbeddingReply(
            [.. embedded.Items.Select((item, index) => EmbeddingItem.Of(item, index, kept, request.Base64))],
            embedded.Experts is [var only] ? only : request.Model,
            kept == whole ? embedded.Space : SpaceName.Cut(embedded.Space, kept),
            new EmbeddedTokens(embedded.Tokens, embedded.Tokens));
    }
}

/// <param name="Embedding">Numbers, or their bytes as little-endian singles in base64.</param>
sealed record EmbeddingItem(int Index, object Embedding, string Expert)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; init; } = "embedding";

    /// <summary>Null where nothing was chosen.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EmbeddingRouteDetails? Route { get; init; }

    public static EmbeddingItem Of(RoutedVector item, int index, int dimensions, bool base64)
    {
        var vector = dimensions < item.Vector.Length ? Cut(item.Vector, dimensions) : item.Vector;
        return new EmbeddingItem(index, base64 ? Base64(vector) : vector, item.Expert) { Route = EmbeddingRouteDetails.Of(item.Route) };
    }

    /// <summary>The first numbers, of length 1 again.</summary>
    static float[] Cut(float[] vector, int dimensions)
    {
        var kept = vector[..dimensions];
        if (TensorPrimitives.Norm<float>(kept) is > 0 and var length) TensorPrimitives.Divide(kept, length, kept);
        return kept;
    }

    static string Base64(float[] vector)
    {
        var bytes = new byte[vector.Length * sizeof(float)];
        for (var i = 0; i < vector.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
        return Convert.ToBase64String(bytes);
    }
}

/// <summary>Why a query was embedded by its expert.</summary>
/// <param name="Similarity">Cosine with the nearest pilot of the expert that ranked first.</param>
/// <param name="Fallback">Whether the base embeds it for want of a better choice.</param>
sealed record EmbeddingRouteDetails(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Domain, double Similarity, bool Fallback,
    IReadOnlyList<string> Reasons)
{
    public static EmbeddingRouteDetails? Of(EmbeddingRoute? route) =>
        route is null ? null : new EmbeddingRouteDetails(route.Domain, Math.Round(route.Similarity, 4), route.Fallback, route.Reasons);
}

sealed record EmbeddedTokens(int PromptTokens, int TotalTokens);
