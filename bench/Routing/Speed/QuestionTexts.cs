using System.IO.Compression;
using System.Text.Json;

namespace Orchestrator.Bench.Routing.Speed;

/// <summary>The texts of a question or outcome file, without what else is in it.</summary>
static class QuestionTexts
{
    static readonly string[] Fields = ["question", "query"];

    public static string[] Read(string path)
    {
        using Stream file = File.OpenRead(path);
        using Stream content = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(content);
        var texts = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
                texts.Add(TextOf(line, $"{path}, line {texts.Count + 1}"));
        }
        return texts.Count > 1 ? [.. texts] : throw new InvalidDataException($"{path}: at least two questions are needed.");
    }

    static string TextOf(string line, string place)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        foreach (string field in Fields)
        {
            if (document.RootElement.TryGetProperty(field, out JsonElement text) && text.ValueKind == JsonValueKind.String)
                return text.GetString()!;
        }
        throw new InvalidDataException($"{place}: neither '{string.Join("' nor '", Fields)}' is there.");
    }
}
