using Orchestrator.Experts;

namespace Orchestrator.Retrieval.Collections;

/// <summary>Names of collections are parts of URLs and of file names.</summary>
public static class CollectionName
{
    public const int Longest = 64;

    /// <exception cref="CollectionException">It is none.</exception>
    public static string Check(string name) => IsValid(name)
        ? name
        : throw new CollectionException(
            CollectionFailure.Invalid,
            $"'{Excerpt.Of(name, Longest)}' is no name of a collection: 1 to {Longest} letters a-z, A-Z, digits, '-' and '_' are allowed.");

    public static bool IsValid(string name) =>
        name is { Length: >= 1 and <= Longest } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
