using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.RouterEvaluation.Data;

/// <summary>One line of a public routing set. A model without a score was not asked; one without a cost has an unknown one.</summary>
sealed record RoutingLine(
    [property: JsonRequired] string Id,
    [property: JsonRequired] string Query,
    [property: JsonRequired] IReadOnlyDictionary<string, double?> Scores)
{
    static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
    };

    public string? Benchmark { get; init; }

    public string? Category { get; init; }

    public string? Split { get; init; }

    public IReadOnlyDictionary<string, double?>? Costs { get; init; }

    // Part of the format, but nothing that routing is judged by.
    public JsonElement? Src { get; init; }

    public JsonElement? Answer { get; init; }

    public JsonElement? OutChars { get; init; }

    public JsonElement? GoldProb { get; init; }

    /// <exception cref="FormatException">A value is not what it may be.</exception>
    /// <exception cref="JsonException">The line is not such an object.</exception>
    public static RoutingLine Parse(string text)
    {
        RoutingLine line = JsonSerializer.Deserialize<RoutingLine>(text, Format) ?? throw new FormatException("the line is null");
        if (line.Id.Length == 0)
            throw new FormatException("the id is empty");
        if (string.IsNullOrWhiteSpace(line.Query))
            throw new FormatException("the query is empty");
        if (line.Scores.Count == 0)
            throw new FormatException("there are no scores");
        foreach ((string model, double? score) in line.Scores)
        {
            if (string.IsNullOrWhiteSpace(model))
                throw new FormatException("a model's name is empty");
            if (score is < 0 or > 1 or double.NaN)
                throw new FormatException($"score {score} of '{model}' is not in 0…1");
        }
        foreach ((string model, double? cost) in line.Costs ?? new Dictionary<string, double?>())
        {
            if (line.Scores.GetValueOrDefault(model) is null)
                throw new FormatException($"'{model}' has a cost, but no score");
            if (cost is < 0)
                throw new FormatException($"cost {cost} of '{model}' is below 0");
        }
        if (line.Split is not (null or "train" or "test"))
            throw new FormatException($"split is '{line.Split}', but must be 'train' or 'test'");
        return line;
    }

    public RoutingRow Row(IReadOnlyList<string> experts) => new(
        new OutcomeRow(Id, Query, [], [.. experts.Select(Outcome)]) { Category = Category }, Benchmark, Split);

    Outcome? Outcome(string expert) => Scores.GetValueOrDefault(expert) is { } score
        ? new Outcome(score, null) { Cost = Costs?.GetValueOrDefault(expert) }
        : null;
}
