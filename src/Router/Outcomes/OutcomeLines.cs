using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Router.Outcomes;

/// <summary>Checks single lines of an outcome file; each problem is worded for the person who wrote the line.</summary>
static class OutcomeLines
{
    /// <summary>Keeps the text of questions readable in diffs, and takes nothing that it does not know.</summary>
    public static JsonSerializerOptions Format { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    public static OutcomeHeader ParseHeader(string line, int version)
    {
        OutcomeHeader header = JsonSerializer.Deserialize<OutcomeHeader>(line, Format)
            ?? throw new FormatException("the header is null");
        if (header.Version != version)
            throw new FormatException($"format version {header.Version} is not known; this program reads version {version}");
        if (header.Experts.Any(string.IsNullOrWhiteSpace))
            throw new FormatException("an expert id is empty");
        string? twice = header.Experts.GroupBy(expert => expert).FirstOrDefault(group => group.Count() > 1)?.Key;
        return twice is null ? header : throw new FormatException($"the expert '{twice}' occurs twice");
    }

    public static OutcomeRow ParseRow(string line, int experts)
    {
        OutcomeLine parsed = JsonSerializer.Deserialize<OutcomeLine>(line, Format)
            ?? throw new FormatException("the line is null");
        if (parsed.Id.Length == 0)
            throw new FormatException("the id is empty");
        if (parsed.Skills.Concat(parsed.Tagged ?? []).Any(string.IsNullOrWhiteSpace))
            throw new FormatException("a skill is null or blank");
        if (parsed.Category is { } category && string.IsNullOrWhiteSpace(category))
            throw new FormatException("the category is blank");
        if (parsed.Scores.Count != experts || parsed.Tokens.Count != experts || (parsed.Costs?.Count ?? experts) != experts)
        {
            string costs = parsed.Costs is null ? "" : $" and {parsed.Costs.Count} costs";
            throw new FormatException(
                $"{parsed.Scores.Count} scores, {parsed.Tokens.Count} tokens{costs}, but the header names {experts} experts");
        }
        var outcomes = new Outcome?[experts];
        for (int column = 0; column < experts; column++)
            outcomes[column] = Cell(parsed.Scores[column], parsed.Tokens[column], parsed.Costs?[column], column);
        return new OutcomeRow(parsed.Id, parsed.Question, parsed.Skills, outcomes) { Tagged = parsed.Tagged, Category = parsed.Category };
    }

    /// <summary>The parser counts lines within its text, which is one line of the file: its own count would mislead.</summary>
    public static string Describe(Exception problem) => problem is JsonException json
        ? $"not the JSON wanted here, at {json.Path ?? "$"}: {json.Message.Split(" Path: ")[0]}"
        : problem.Message;

    /// <summary>Tokens and cost may be unknown of an answer; without a score there was none.</summary>
    static Outcome? Cell(double? score, int? tokens, double? cost, int column) => score switch
    {
        null when tokens is not null || cost is not null => throw new FormatException($"column {column + 1} has tokens or a cost, but no score"),
        null => null,
        < 0 or > 1 or double.NaN => throw new FormatException($"score {score} of column {column + 1} is not in 0…1"),
        _ when tokens < 0 => throw new FormatException($"{tokens} tokens in column {column + 1} are fewer than 0"),
        _ when cost is < 0 => throw new FormatException($"cost {cost} of column {column + 1} is below 0"),
        _ => new Outcome(score.Value, tokens) { Cost = cost },
    };
}

sealed record OutcomeHeader(
    [property: JsonRequired] int Version,
    [property: JsonRequired] string Source,
    [property: JsonRequired] IReadOnlyList<string> Experts);

sealed record OutcomeLine(
    [property: JsonRequired] string Id,
    [property: JsonRequired] string Question,
    [property: JsonRequired] IReadOnlyList<string> Skills,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Tagged,
    [property: JsonRequired] IReadOnlyList<double?> Scores,
    [property: JsonRequired] IReadOnlyList<int?> Tokens,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<double?>? Costs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Category)
{
    public static OutcomeLine From(OutcomeRow row) => new(
        row.Id, row.Question, row.Skills, row.Tagged,
        [.. row.Outcomes.Select(outcome => outcome?.Score)],
        [.. row.Outcomes.Select(outcome => outcome?.Tokens)],
        row.Outcomes.Any(outcome => outcome?.Cost is not null) ? [.. row.Outcomes.Select(outcome => outcome?.Cost)] : null,
        row.Category);
}
