using System.Text.Json.Nodes;
using Orchestrator.Retrieval.Collections.Documents;
using Orchestrator.Retrieval.Collections.Filters;

namespace Orchestrator.Retrieval.Collections.Qdrant;

/// <summary>A filter in Qdrant's own words; metadata lies within the payload.</summary>
static class QdrantFilter
{
    public static JsonObject Write(Filter filter)
    {
        var json = new JsonObject();
        Add("must", filter.Must);
        Add("should", filter.Should);
        Add("must_not", filter.MustNot);
        return json;

        void Add(string name, IReadOnlyList<Condition> conditions)
        {
            if (conditions.Count > 0)
                json[name] = new JsonArray([.. conditions.Select(Write)]);
        }
    }

    static JsonObject Write(Condition condition)
    {
        var json = new JsonObject { ["key"] = $"{QdrantPoint.Metadata}.{condition.Key}" };
        if (condition is MatchCondition match)
        {
            json["match"] = match.Values is [var only]
                ? new JsonObject { ["value"] = Value(only) }
                : new JsonObject { ["any"] = new JsonArray([.. match.Values.Distinct().Select(Value)]) };
        }
        if (condition is RangeCondition range)
        {
            var bounds = new JsonObject();
            foreach ((string name, double? bound) in (ReadOnlySpan<(string, double?)>)[("gt", range.Above), ("gte", range.AtLeast), ("lt", range.Below), ("lte", range.AtMost)])
            {
                if (bound is not null)
                    bounds[name] = bound;
            }
            json["range"] = bounds;
        }
        return json;
    }

    static JsonNode Value(FieldValue value) => value switch
    {
        FieldValue.Text text => JsonValue.Create(text.Value),
        FieldValue.Number number => JsonValue.Create((long)number.Value),
        FieldValue.Flag flag => JsonValue.Create(flag.Value),
        _ => throw new ArgumentException($"A {value.GetType().Name} cannot be matched.", nameof(value)),
    };
}
