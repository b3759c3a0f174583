namespace Orchestrator.Retrieval.Collections;

/// <summary>A collection as it is told to clients.</summary>
/// <param name="Created">Unix seconds.</param>
/// <param name="Documents">In it now.</param>
public sealed record CollectionFacts(CollectionSpec Spec, long Created, long Documents)
{
    /// <summary>Bytes of memory that its indexes take; null when none is loaded, or when they are another process's.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Whether it is searched approximately; null when that is not known.</summary>
    public bool? Approximate { get; init; }
}

/// <summary>One entry of a list of collections.</summary>
/// <param name="Facts">Null when it cannot be read.</param>
/// <param name="Problem">Why not.</param>
public sealed record CollectionEntry(string Name, CollectionFacts? Facts, string? Problem = null);
