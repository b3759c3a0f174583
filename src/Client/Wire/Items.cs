using System.Text.Json;

namespace Orchestrator.Client.Wire;

/// <summary>Lists of a reply: that their items are not null is not checked where JSON is read.</summary>
static class Items
{
    /// <exception cref="JsonException">One is null.</exception>
    public static void Check<T>(IReadOnlyList<T>? items, string name)
        where T : class
    {
        if (items?.Any(item => item is null) is true) throw new JsonException($"an item of '{name}' is null.");
    }
}
