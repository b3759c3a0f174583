using System.Text.Json;

namespace Orchestrator.Client.Plugin.Results;

/// <param name="Hits">Best first.</param>
/// <param name="Expert">Who embedded the query; null in a search by words alone.</param>
sealed record SearchResult(IReadOnlyList<FoundDocument> Hits, string? Expert)
{
    /// <summary>Characters of all texts and metadata together, which the hits share evenly.</summary>
    const int Most = 20_000;

    public string? LeftOut { get; init; }

    /// <param name="wanted">More are left out.</param>
    public static SearchResult Of(IReadOnlyList<CollectionHit> hits, int wanted)
    {
        CollectionHit[] shown = [.. hits.Take(wanted)];
        FoundDocument[] found = [.. shown.Select(hit => FoundDocument.Of(hit, Most / shown.Length))];
        var cut = shown.Zip(found).Count(pair => pair.Second.IsCutFrom(pair.First));
        return new SearchResult(found, shown is [var best, ..] ? best.Expert : null)
        {
            LeftOut = Brief.Joined(
                Brief.LeftOut(hits.Count, wanted, "documents"),
                cut > 0 ? $"parts of the text or metadata of {cut} of {shown.Length} documents" : null),
        };
    }
}

/// <param name="Text">Its beginning, where it is long.</param>
/// <param name="Metadata">The fields that are short enough.</param>
sealed record FoundDocument(string Id, double Score, string Text, IReadOnlyDictionary<string, JsonElement>? Metadata)
{
    const int LongestText = 2000;
    const int LongestMetadata = 1000;

    /// <param name="share">Characters for its text and its metadata.</param>
    public static FoundDocument Of(CollectionHit hit, int share)
    {
        var (fields, used) = Short(hit.Metadata, Math.Min(LongestMetadata, share / 2));
        return new FoundDocument(
            hit.Id, Math.Round(hit.Score, 4), Brief.Text(hit.Text, Math.Min(LongestText, share - used)), fields.Count > 0 ? fields : null);
    }

    public bool IsCutFrom(CollectionHit hit) => Text != hit.Text || (Metadata?.Count ?? 0) != hit.Metadata.Count;

    static (IReadOnlyDictionary<string, JsonElement> Fields, int Used) Short(IReadOnlyDictionary<string, JsonElement> metadata, int most)
    {
        var used = 0;
        Dictionary<string, JsonElement> kept = [];
        foreach (var (name, value) in metadata)
        {
            var length = name.Length + value.GetRawText().Length;
            if (used + length > most) continue;
            used += length;
            kept[name] = value;
        }

        return (kept, used);
    }
}
