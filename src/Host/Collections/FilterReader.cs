using System.Text.Json;
using Orchestrator.Host.OpenAi;
using Orchestrator.Retrieval.Collections.Documents;
using Orchestrator.Retrieval.Collections.Filters;

namespace Orchestrator.Host.Collections;

/// <summary>Reads a filter, whose form is a part of Qdrant's: see <see cref="Filter"/> and its conditions.</summary>
static class FilterReader
{
    const int MostConditions = 64;
    const int MostValues = 256;
    const int LongestValue = 4096;

    internal static readonly HashSet<string> Known = ["must", "should", "must_not"];
    internal static readonly HashSet<string> KnownOfCondition = ["key", "match", "range"];
    internal static readonly HashSet<string> KnownOfMatch = ["value", "any"];
    internal static readonly HashSet<string> KnownOfRange = ["gt", "gte", "lt", "lte"];

    /// <returns>Null where there is none.</returns>
    public static Filter? Read(JsonFields fields, string name)
    {
        if (fields.Find(name) is not { } value) return null;
        var filter = RequestObject.Of(value, fields.PathOf(name), Known);
        return new Filter(Conditions(filter, "must"), Conditions(filter, "should"), Conditions(filter, "must_not"));
    }

    static Condition[] Conditions(JsonFields filter, string name) =>
        [.. RequestObject.Items(filter, name, MostConditions).Select(item => Condition(item.Element, item.Path))];

    static Condition Condition(JsonElement element, string path)
    {
        var fields = RequestObject.Of(element, path, KnownOfCondition);
        string key = fields.RequiredString("key");
        if (!Fields.IsName(key))
            throw fields.OutOfRange("key", fields.Find("key")!.Value, "a name of metadata: letters a-z, A-Z, digits, '-' and '_'");
        if (fields.Has("match") == fields.Has("range"))
            throw new ApiException(ApiError.Invalid($"'{path}' must have either 'match' or 'range'.", path, "invalid_value"));
        return fields.Find("match") is { } match
            ? new MatchCondition(key, Values(RequestObject.Of(match, fields.PathOf("match"), KnownOfMatch)))
            : Range(key, RequestObject.Of(fields.Find("range")!.Value, fields.PathOf("range"), KnownOfRange));
    }

    static FieldValue[] Values(JsonFields match)
    {
        if (match.Has("value") == match.Has("any"))
            throw new ApiException(ApiError.Invalid($"'{match.PathOf("value")}' or '{match.PathOf("any")}' must be given.", match.PathOf("value"), "invalid_value"));
        if (match.Find("value") is { } only) return [Value(only, match.PathOf("value"))];
        FieldValue[] values = [.. RequestObject.Items(match, "any", MostValues).Select(item => Value(item.Element, item.Path))];
        return values.Length > 0 && (values.All(value => value is FieldValue.Text) || values.All(value => value is FieldValue.Number))
            ? values
            : throw match.OutOfRange("any", match.Find("any")!.Value, "an array of strings or of whole numbers, with at least one");
    }

    static FieldValue Value(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.String => new FieldValue.Text(RequestObject.Text(value, path, LongestValue)),
        JsonValueKind.True or JsonValueKind.False => new FieldValue.Flag(value.GetBoolean()),
        JsonValueKind.Number when Fields.Refusal(value) is { } refusal => throw Invalid(path, refusal),
        JsonValueKind.Number when value.GetDouble() is var number && Math.Truncate(number) == number && Math.Abs(number) <= Fields.LargestWhole =>
            new FieldValue.Number(number),
        _ => throw Invalid(path, $"a string, a boolean or a whole number within ±{Fields.LargestWhole} can be matched; for other numbers there is 'range'"),
    };

    static ApiException Invalid(string path, string why) =>
        new(ApiError.Invalid($"Invalid value for '{path}': {why}.", path, "invalid_value"));

    static RangeCondition Range(string key, JsonFields range)
    {
        var condition = new RangeCondition(key)
        {
            Above = Bound(range, "gt"),
            AtLeast = Bound(range, "gte"),
            Below = Bound(range, "lt"),
            AtMost = Bound(range, "lte"),
        };
        return condition != new RangeCondition(key)
            ? condition
            : throw new ApiException(ApiError.Invalid(
                $"'{range.PathOf("gte")}' or another bound must be given: gt, gte, lt, lte.", range.PathOf("gte"), "missing_required_parameter"));
    }

    static double? Bound(JsonFields range, string name) => range.Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value => Fields.Refusal(value) is { } refusal ? throw Invalid(range.PathOf(name), refusal) : value.GetDouble(),
        { } value => throw range.WrongType(name, "a number", value),
    };
}
