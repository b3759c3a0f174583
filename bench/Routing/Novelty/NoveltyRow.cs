using System.IO.Compression;
using System.Text.Json;

namespace Orchestrator.Bench.Routing.Novelty;

/// <summary>A question of any of the files, and where it comes from.</summary>
/// <param name="Benchmark">Empty where the file does not say.</param>
/// <param name="Split"><c>train</c>, <c>test</c> or empty.</param>
/// <param name="Source">What the benchmark took it from; empty where the file does not say.</param>
sealed record NoveltyRow(string Text, string Benchmark, string Split, string Source)
{
    /// <summary>Question files, outcome files and retrieval queries each have their own name for it.</summary>
    static readonly string[] TextFields = ["question", "query", "text"];

    /// <exception cref="InvalidDataException">A line has no question.</exception>
    public static NoveltyRow[] Read(string path)
    {
        using Stream file = File.OpenRead(path);
        using Stream content = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(content);
        var rows = new List<NoveltyRow>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
                rows.Add(Of(line, $"{path}, line {rows.Count + 1}"));
        }
        return [.. rows];
    }

    static NoveltyRow Of(string line, string place)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        string text = TextFields.Select(Field).FirstOrDefault(value => value.Length > 0)
            ?? throw new InvalidDataException($"{place}: none of {string.Join(", ", TextFields)} is there.");
        return new NoveltyRow(text, Field("benchmark"), Field("split"), Field("src"));

        string Field(string name) =>
            document.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
    }
}
