using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Jobs.Retrieval.Data;

/// <summary>The single files of a collection in BEIR's layout.</summary>
static class CollectionFiles
{
    /// <summary>Collections carry fields of their own beside those of BEIR.</summary>
    static readonly JsonSerializerOptions Format = new() { RespectNullableAnnotations = true };

    public static List<CollectionDocument> Documents(CollectionLines lines, string path)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return lines.Read(path, (line, number) =>
        {
            DocumentLine document = Parse<DocumentLine>(line);
            Once(seen, document.Id, number);
            return new CollectionDocument(document.Id, document.Title ?? "", document.Text);
        });
    }

    public static List<(string Id, string Text)> Queries(CollectionLines lines, string path)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. lines.Read(path, (line, number) =>
        {
            QueryLine query = Parse<QueryLine>(line);
            Once(seen, query.Id, number);
            return string.IsNullOrWhiteSpace(query.Text) ? throw new FormatException($"the query '{query.Id}' has no text") : query;
        }).Select(query => (query.Id, query.Text))];
    }

    /// <summary>Queries with the document that each was made from.</summary>
    public static List<MadeQueryLine> MadeQueries(CollectionLines lines, string path)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return lines.Read(path, (line, number) =>
        {
            MadeQueryLine query = Parse<MadeQueryLine>(line);
            Once(seen, query.Id, number);
            return string.IsNullOrWhiteSpace(query.Text) ? throw new FormatException($"the query '{query.Id}' has no text") : query;
        });
    }

    /// <summary>Tab-separated: query, document and a whole number, after a header line that may be missing.</summary>
    public static List<Judgment> Judgments(CollectionLines lines, string path) => lines.Read(path, (line, number) =>
    {
        string[] cells = line.Split('\t');
        bool hasGrade = int.TryParse(cells[^1], out int grade);
        return cells.Length != 3 ? throw new FormatException($"it has {cells.Length} columns separated by tabs, but needs 3: query, document and grade")
            : hasGrade ? new Judgment(cells[0], cells[1], grade)
            : number == 1 ? null
            : throw new FormatException($"the grade '{cells[2]}' is no whole number");
    });

    /// <summary>The same with the grade left out, or without meaning.</summary>
    public static List<Judgment> Pairs(CollectionLines lines, string path) => lines.Read(path, (line, number) =>
    {
        string[] cells = line.Split('\t');
        return cells.Length is not (2 or 3) ? throw new FormatException($"it has {cells.Length} columns separated by tabs, but needs 2: query and document")
            : number == 1 && cells[0] == "query-id" ? null
            : new Judgment(cells[0], cells[1], 0);
    });

    static T Parse<T>(string line)
        where T : class => JsonSerializer.Deserialize<T>(line, Format) ?? throw new FormatException("the line is null");

    static void Once(Dictionary<string, int> seen, string id, int number)
    {
        if (id.Length == 0) throw new FormatException("the _id is empty");
        if (!seen.TryAdd(id, number)) throw new FormatException($"the _id '{id}' was used on line {seen[id]}");
    }

    sealed record DocumentLine(
        [property: JsonRequired, JsonPropertyName("_id")] string Id, [property: JsonPropertyName("title")] string? Title,
        [property: JsonRequired, JsonPropertyName("text")] string Text);

    sealed record QueryLine([property: JsonRequired, JsonPropertyName("_id")] string Id, [property: JsonRequired, JsonPropertyName("text")] string Text);
}

/// <param name="Document">Id of the document that the query was made from.</param>
sealed record MadeQueryLine(
    [property: JsonRequired, JsonPropertyName("_id")] string Id, [property: JsonRequired, JsonPropertyName("text")] string Text,
    [property: JsonRequired, JsonPropertyName("document")] string Document);

sealed record Judgment(string Query, string Document, int Grade);
