using System.Reflection;
using System.Text.Json;
using Orchestrator.Experts.Configuration;

namespace Orchestrator.Host.Reloading;

/// <summary>What a new configuration changes, by id and key; also the reply of <c>POST /reload</c>.</summary>
/// <param name="Added">Experts, as in the two lists after it.</param>
/// <param name="Settings">Keys of other sections whose new values are used now.</param>
/// <param name="NeedsRestart">Keys that only count at start; their new values are not used yet.</param>
sealed record ConfigChanges(
    IReadOnlyList<string> Added, IReadOnlyList<string> Removed, IReadOnlyList<string> Changed, EntryChanges Policies,
    IReadOnlyList<string> Settings, IReadOnlyList<string> NeedsRestart)
{
    static readonly Dictionary<string, string> NoOptions = [];

    public static ConfigChanges Between(OrchestratorConfig before, OrchestratorConfig after)
    {
        var experts = EntryChanges.Between(before.Experts, after.Experts, expert => expert.Id, Same);
        return new ConfigChanges(
            experts.Added,
            experts.Removed,
            experts.Changed,
            EntryChanges.Between(before.Policies, after.Policies, policy => policy.Name, Same),
            [
                .. Keys("memory", before.Memory, after.Memory),
                .. Keys("router", before.Router, Applicable(before.Router, after.Router)),
                .. Keys("retrieval", before.Retrieval, Applicable(before.Retrieval, after.Retrieval)),
            ],
            [
                .. Keys("retrieval", Applicable(before.Retrieval, after.Retrieval), after.Retrieval),
                .. Keys("router", Applicable(before.Router, after.Router), after.Router),
                .. Keys("server", before.Server, after.Server),
                .. Keys("engine", before.Engine, after.Engine),
                .. Keys("scheduler", before.Scheduler, after.Scheduler),
                .. Keys("jobs", before.Jobs, after.Jobs),
                .. Keys("feedback", before.Feedback, after.Feedback),
            ]);
    }

    /// <summary>What may take effect while the service runs; the rest stays as it was at start.</summary>
    public static OrchestratorConfig Applicable(OrchestratorConfig before, OrchestratorConfig after) =>
        after with
        {
            Router = Applicable(before.Router, after.Router),
            Server = before.Server,
            Engine = before.Engine,
            Scheduler = before.Scheduler,
            Jobs = before.Jobs,
            Feedback = before.Feedback,
            Retrieval = Applicable(before.Retrieval, after.Retrieval),
        };

    /// <summary>Where collections are stays; how queries are routed may change.</summary>
    static RetrievalConfig Applicable(RetrievalConfig before, RetrievalConfig after) =>
        after with { Collections = before.Collections, ApproximateFrom = before.ApproximateFrom, Qdrant = before.Qdrant };

    /// <summary>The embedder's model stays in memory, and so does its space.</summary>
    static RouterConfig Applicable(RouterConfig before, RouterConfig after) =>
        after with { Embedder = before.Embedder, EmbedderCache = before.EmbedderCache };

    /// <summary>A list has no equality by value, and a line that moved is no change.</summary>
    static bool Same(ExpertConfig one, ExpertConfig other) =>
        one with { Line = 0, Variants = [] } == other with { Line = 0, Variants = [] } && one.Variants.SequenceEqual(other.Variants);

    /// <summary>Options have no equality by value either, and their order means nothing.</summary>
    static bool Same(PolicyConfig one, PolicyConfig other) =>
        one with { Line = 0, Options = NoOptions } == other with { Line = 0, Options = NoOptions }
        && one.Options.Count == other.Options.Count && !one.Options.Except(other.Options).Any();

    static IEnumerable<string> Keys<T>(string section, T before, T after) => typeof(T)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => !Equals(property.GetValue(before), property.GetValue(after)))
        .Select(property => $"{section}.{JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)}");
}
