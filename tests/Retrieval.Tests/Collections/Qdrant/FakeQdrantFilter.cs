using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Retrieval.Tests.Collections.Qdrant;

/// <summary>Filters as Qdrant documents them: whole numbers match whole numbers only, an array matches by any of its elements.</summary>
static class FakeQdrantFilter
{
    public static bool Allows(JsonNode filter, JsonObject point) =>
        Conditions(filter, "must").All(condition => Holds(condition, point))
        && (filter["should"] is null || Conditions(filter, "should").Any(condition => Holds(condition, point)))
        && !Conditions(filter, "must_not").Any(condition => Holds(condition, point));

    static IEnumerable<JsonNode> Conditions(JsonNode filter, string name) => filter[name] is JsonArray conditions ? conditions.Select(one => one!) : [];

    static bool Holds(JsonNode condition, JsonObject point)
    {
        if (condition["has_id"] is JsonArray ids)
            return ids.Any(id => id!.GetValue<string>() == point["id"]!.GetValue<string>());
        JsonNode? value = condition["key"]!.GetValue<string>().Split('.').Aggregate(point["payload"], (node, name) => node?[name]);
        JsonNode?[] values = value is JsonArray array ? [.. array] : [value];
        return values.Any(one => one is not null && (condition["match"] is { } match ? Matches(match, one) : InRange(condition["range"]!, one)));
    }

    static bool Matches(JsonNode match, JsonNode value) =>
        (match["any"] is JsonArray any ? [.. any] : new[] { match["value"] }).Any(wanted => wanted!.ToJsonString() == value.ToJsonString());

    static bool InRange(JsonNode range, JsonNode value) => value.GetValueKind() == JsonValueKind.Number
        && JsonSerializer.Deserialize<double>(value) is var number && range.AsObject().All(bound => (bound.Key, JsonSerializer.Deserialize<double>(bound.Value)) switch
        {
            ("gt", var limit) => number > limit,
            ("gte", var limit) => number >= limit,
            ("lt", var limit) => number < limit,
            ("lte", var limit) => number <= limit,
            _ => false,
        });
}
