namespace Orchestrator.Retrieval.Collections.Documents;

/// <summary>One document of a collection.</summary>
/// <param name="Id">Its owner's name for it; at most <see cref="LongestId"/> characters.</param>
/// <param name="Vector">Null where it was not asked for.</param>
public sealed record Document(string Id, string Text, IReadOnlyDictionary<string, FieldValue> Metadata, float[]? Vector)
{
    public const int LongestId = 512;
}
