using System.Text.Json;

namespace Orchestrator.Client.Plugin.Results;

/// <param name="Hits">Best first.</param>
/// <param name="Expert">Who embedded the query; null in a search by words alone.</param>
sealed record SearchResult(IReadOnlyList<FoundDocument> Hits, string? Expert)
{
    public string? LeftOut { get; init; }
}

/// <param name="Text">Its beginning, where it is long.</param>
sealed record FoundDocument(string Id, double Score, string Text, IReadOnlyDictionary<string, JsonElement>? Metadata);
