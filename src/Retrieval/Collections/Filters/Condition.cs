using Orchestrator.Retrieval.Collections.Documents;

namespace Orchestrator.Retrieval.Collections.Filters;

/// <summary>Something that is true of one field or not; never true of a document without it.</summary>
public abstract record Condition(string Key)
{
    public bool Holds(IReadOnlyDictionary<string, FieldValue> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return metadata.TryGetValue(Key, out FieldValue? value) && Holds(value);
    }

    protected abstract bool Holds(FieldValue value);
}

/// <summary>
/// The field is one of these strings, whole numbers or booleans; of an array, one element is.
/// JSON: <c>{"key": k, "match": {"value": v}}</c>, <c>{"key": k, "match": {"any": [v, …]}}</c>.
/// </summary>
/// <param name="Values">All of one kind; booleans one only.</param>
public sealed record MatchCondition(string Key, IReadOnlyList<FieldValue> Values) : Condition(Key)
{
    protected override bool Holds(FieldValue value) => value is FieldValue.Texts texts
        ? texts.Values.Any(text => Values.Any(wanted => wanted is FieldValue.Text one && one.Value == text))
        : Values.Contains(value);
}

/// <summary>The field is a number within bounds. JSON: <c>{"key": k, "range": {"gt"|"gte"|"lt"|"lte": n, …}}</c>.</summary>
public sealed record RangeCondition(string Key) : Condition(Key)
{
    public double? Above { get; init; }

    public double? AtLeast { get; init; }

    public double? Below { get; init; }

    public double? AtMost { get; init; }

    // Comparing with null is false in C#, so an absent bound has to be asked for.
    protected override bool Holds(FieldValue value) => value is FieldValue.Number { Value: var number }
        && !(number <= Above) && !(number < AtLeast) && !(number >= Below) && !(number > AtMost);
}
