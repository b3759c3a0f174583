using System.Text.Json;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.RouterEvaluation.Data;

/// <summary>
/// Reads recorded outcomes: an outcome file of <c>orchestrator profile</c>, or JSON Lines with <c>id</c>, <c>query</c> and
/// <c>scores</c> by model as public routing sets have them. Either may be compressed (<c>.gz</c>).
/// </summary>
public static class RoutingSetFile
{
    /// <exception cref="OutcomeFileException">The file has malformed lines, or none at all; all are named.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RoutingSet Read(string path)
    {
        using var reader = WholeFile.OpenText(path);
        try
        {
            return Read(reader.ReadToEnd(), Path.GetFileName(path), path);
        }
        catch (InvalidDataException damaged)
        {
            throw new OutcomeFileException([$"{path}: the compressed file is damaged ({damaged.Message})"]);
        }
    }

    /// <param name="name">What reports call the set.</param>
    /// <param name="path">What errors call it.</param>
    /// <exception cref="OutcomeFileException">As for a file.</exception>
    public static RoutingSet Read(string text, string name, string path)
    {
        using var reader = new StringReader(text);
        if (IsOutcomeFile(text))
        {
            OutcomeTable table = OutcomeFile.Read(reader, path);
            return new RoutingSet(name, table.Experts, [.. table.Rows.Select(row => new RoutingRow(row, null, null))]);
        }
        var problems = new List<string>();
        var lines = new List<RoutingLine>();
        var firstLines = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int number = 1; reader.ReadLine() is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            try
            {
                RoutingLine parsed = RoutingLine.Parse(line);
                if (!firstLines.TryAdd(parsed.Id, number))
                    throw new FormatException($"the id '{parsed.Id}' was used on line {firstLines[parsed.Id]}");
                lines.Add(parsed);
            }
            catch (Exception problem) when (problem is JsonException or FormatException)
            {
                problems.Add($"{path}, line {number}: {Describe(problem)}");
            }
        }
        if (problems.Count == 0 && lines.Count == 0)
            problems.Add($"{path}: there is no question in it");
        if (problems.Count > 0)
            throw new OutcomeFileException(problems);
        string[] experts = [.. lines.SelectMany(line => line.Scores.Keys).Distinct(StringComparer.Ordinal)];
        return new RoutingSet(name, experts, [.. lines.Select(line => line.Row(experts))]);
    }

    /// <summary>Its first line is a header, which has no id.</summary>
    static bool IsOutcomeFile(string text)
    {
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        try
        {
            using var first = JsonDocument.Parse(end < 0 ? text : text[..end]);
            return first.RootElement.ValueKind == JsonValueKind.Object && first.RootElement.TryGetProperty("experts", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The parser counts lines within its text, which is one line of the file: its own count would mislead.</summary>
    static string Describe(Exception problem) => problem is JsonException json
        ? $"not the JSON wanted here, at {json.Path ?? "$"}: {json.Message.Split(" Path: ")[0]}"
        : problem.Message;
}
