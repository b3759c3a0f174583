using Orchestrator.Retrieval.Collections.Documents;

namespace Orchestrator.Retrieval.Collections.Filters;

/// <summary>
/// Which documents an operation is about, by their metadata: all of <paramref name="Must"/>, none of
/// <paramref name="MustNot"/> and, if there are any, at least one of <paramref name="Should"/>. An empty filter allows all.
/// Its JSON is a part of Qdrant's: <c>{"must": [{"key": "year", "range": {"gte": 1960}}], "must_not": [{"key": "tag", "match":
/// {"any": ["draft", "old"]}}]}</c>.
/// </summary>
public sealed record Filter(
    IReadOnlyList<Condition> Must, IReadOnlyList<Condition> Should, IReadOnlyList<Condition> MustNot)
{
    public bool Allows(IReadOnlyDictionary<string, FieldValue> metadata) =>
        Must.All(condition => condition.Holds(metadata))
        && (Should.Count == 0 || Should.Any(condition => condition.Holds(metadata)))
        && !MustNot.Any(condition => condition.Holds(metadata));
}
