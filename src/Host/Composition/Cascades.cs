using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Evidence;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Host.Composition;

/// <summary>
/// The cascades of policies with evidence. Fitting one takes seconds, because the policy is fitted anew without parts of the
/// profile: it begins at start, and until it is done such policies believe the first.
/// </summary>
sealed class Cascades
{
    /// <summary>Mean number of experts asked that a policy's threshold is chosen for, on the profile.</summary>
    const double Budget = 1.1;

    readonly Dictionary<string, Task<Cascade?>> _fits = new(StringComparer.Ordinal);

    public static Cascades None { get; } = new();

    /// <param name="space">Makes the spaces of parts of the profile; null is an LSA of each.</param>
    /// <exception cref="EvidenceFileException">The file is malformed.</exception>
    public static Cascades Begin(
        OrchestratorConfig config, OutcomeTable outcomes, Func<IReadOnlyList<string>, QuestionSpace>? space = null)
    {
        var wanted = config.Policies.Where(policy => policy.Evidence > 1).ToArray();
        if (wanted.Length == 0 || config.Router.Evidence is not { } file || !File.Exists(file)) return None;
        var evidence = EvidenceFile.Read(file);
        var known = outcomes.OnlyExperts(config.Answering.ToHashSet(StringComparer.Ordinal));
        var cascades = new Cascades();
        foreach (var policy in wanted)
            cascades._fits[policy.Name] = Task.Run(() => EvidenceFit.Fit(policy, known, evidence, policy.Evidence, Budget, space));
        return cascades;
    }

    /// <summary>Null where the policy has none, or not yet.</summary>
    public Cascade? Of(string policy) =>
        _fits.TryGetValue(policy, out var fit) && fit.IsCompletedSuccessfully ? fit.Result : null;

    /// <summary>Ends when all are fitted, or cannot be.</summary>
    public Task FittedAsync() => Task.WhenAll(_fits.Values);
}
