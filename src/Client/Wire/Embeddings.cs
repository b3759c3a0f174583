using System.Text.Json.Serialization;

namespace Orchestrator.Client.Wire;

/// <summary>Of <c>POST /v1/embeddings</c>.</summary>
/// <param name="Model">The expert; of several the base of their space.</param>
/// <param name="Space">That all vectors are of.</param>
sealed record EmbeddingReply(IReadOnlyList<EmbeddingItem> Data, string Model, string? Space = null, EmbeddingUsage? Usage = null) : IJsonOnDeserialized
{
    public void OnDeserialized() => Items.Check(Data, "data");
}

/// <param name="Embedding">Little-endian floats, in base64.</param>
/// <param name="Expert">Who embedded this one.</param>
sealed record EmbeddingItem(int Index, string Embedding, string? Expert = null);

sealed record EmbeddingUsage(int PromptTokens, int TotalTokens);
