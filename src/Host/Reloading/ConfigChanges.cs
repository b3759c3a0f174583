using System.Reflection;
using System.Text.Json;
using Orchestrator.Experts.Configuration;

namespace Orchestrator.Host.Reloading;

/// <summary>What a new configuration changes, by id and key; also the reply of <c>POST /reload</c>.</summary>
/// <param name="NeedsRestart">Keys that only count at start; their new values are not used yet.</param>
sealed record ConfigChanges(
    IReadOnlyList<string> Added, IReadOnlyList<string> Removed, IReadOnlyList<string> Changed, IReadOnlyList<string> NeedsRestart)
{
    public static ConfigChanges Between(OrchestratorConfig before, OrchestratorConfig after)
    {
        var old = before.Experts.ToDictionary(expert => expert.Id, StringComparer.Ordinal);
        var now = after.Experts.Select(expert => expert.Id).ToHashSet(StringComparer.Ordinal);
        return new ConfigChanges(
            [.. after.Experts.Where(expert => !old.ContainsKey(expert.Id)).Select(expert => expert.Id)],
            [.. before.Experts.Where(expert => !now.Contains(expert.Id)).Select(expert => expert.Id)],
            [.. after.Experts.Where(expert => old.TryGetValue(expert.Id, out var was) && !Same(was, expert)).Select(expert => expert.Id)],
            [
                .. Keys("server", before.Server, after.Server),
                .. Keys("engine", before.Engine, after.Engine),
                .. Keys("scheduler", before.Scheduler, after.Scheduler),
            ]);
    }

    /// <summary>What may take effect while the service runs; the rest stays as it was at start.</summary>
    public static OrchestratorConfig Applicable(OrchestratorConfig before, OrchestratorConfig after) =>
        after with { Server = before.Server, Engine = before.Engine, Scheduler = before.Scheduler };

    /// <summary>A list has no equality by value, and a line that moved is no change.</summary>
    static bool Same(ExpertConfig one, ExpertConfig other) =>
        one with { Line = 0, Variants = [] } == other with { Line = 0, Variants = [] } && one.Variants.SequenceEqual(other.Variants);

    static IEnumerable<string> Keys<T>(string section, T before, T after) => typeof(T)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => !Equals(property.GetValue(before), property.GetValue(after)))
        .Select(property => $"{section}.{JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)}");
}
