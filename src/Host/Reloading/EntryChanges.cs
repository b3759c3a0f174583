namespace Orchestrator.Host.Reloading;

/// <summary>What a new configuration changes in one of its lists, by name and in the order of the files.</summary>
sealed record EntryChanges(IReadOnlyList<string> Added, IReadOnlyList<string> Removed, IReadOnlyList<string> Changed)
{
    public static EntryChanges Between<T>(
        IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, string> name, Func<T, T, bool> same)
    {
        // Names are unique in a configuration that was read without errors.
        var old = before.ToDictionary(name, StringComparer.Ordinal);
        var now = after.Select(name).ToHashSet(StringComparer.Ordinal);
        return new EntryChanges(
            [.. after.Select(name).Where(entry => !old.ContainsKey(entry))],
            [.. before.Select(name).Where(entry => !now.Contains(entry))],
            [.. after.Where(entry => old.TryGetValue(name(entry), out var was) && !same(was, entry)).Select(name)]);
    }
}
