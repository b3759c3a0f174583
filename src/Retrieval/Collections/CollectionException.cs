namespace Orchestrator.Retrieval.Collections;

/// <summary>What keeps an operation on collections from being done.</summary>
public enum CollectionFailure
{
    /// <summary>There is no collection of that name.</summary>
    NotFound,

    /// <summary>There is one already.</summary>
    Exists,

    /// <summary>A vector of another space than the collection's.</summary>
    OtherSpace,

    /// <summary>A name, document, vector or filter that no collection takes.</summary>
    Invalid,

    /// <summary>What is stored of this collection cannot be read; others serve.</summary>
    Damaged,

    /// <summary>The store cannot be reached or written now; trying again can help.</summary>
    Unavailable,
}

/// <summary>An expected failure. The message is for clients and names no folders.</summary>
public sealed class CollectionException(CollectionFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public CollectionFailure Failure { get; } = failure;

    public static CollectionException NoCollection(string name) =>
        new(CollectionFailure.NotFound, $"There is no collection '{name}'.");

    public static CollectionException AlreadyThere(string name) =>
        new(CollectionFailure.Exists, $"There is a collection '{name}' already; delete it first, or choose another name.");
}
