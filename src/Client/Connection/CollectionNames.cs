namespace Orchestrator.Client.Connection;

/// <summary>The service's rule for names of collections, which are parts of addresses: <c>..</c> would lead elsewhere.</summary>
static class CollectionNames
{
    const int Longest = 64;

    /// <returns>What is wrong and what is allowed; null for a name that is fine.</returns>
    public static string? Problem(string? name) =>
        name is { Length: >= 1 and <= Longest } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? null
            : $"{Shown(name)} is no name of a collection: 1 to {Longest} letters a-z, A-Z, digits, '-' and '_' are allowed.";

    static string Shown(string? name) => name switch
    {
        null => "null",
        { Length: <= Longest } => $"'{name}'",
        _ => $"'{name[..Longest]}…'",
    };
}
