using Orchestrator.Aggregator;
using Orchestrator.Aggregator.MixtureOfThoughts;
using Orchestrator.Aggregator.MixtureOfThoughts.Files;
using Orchestrator.Aggregator.MixtureOfThoughts.Layers;
using Orchestrator.Aggregator.MixtureOfThoughts.Verification;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Gguf;

namespace Orchestrator.Host.Composition;

/// <summary>
/// Reads the layers that thoughts are mixed with, and refuses those that do not fit the experts. All that it reads share one
/// memory for thoughts: after a reload requests of both configurations think.
/// </summary>
sealed class Mixtures(ILogger logger, TimeProvider time)
{
    readonly MixtureVerifier _verifier = new(new FileHashes());
    ThoughtBudget? _memory;

    /// <summary>The last that was read; null without one.</summary>
    public Mixture? Current { get; private set; }

    /// <summary>Null where no policy mixes thoughts.</summary>
    /// <exception cref="ConfigException">There are no layers, their file is damaged, or they were trained with other experts.</exception>
    public Mixture? Load(OrchestratorConfig config) => Current = Read(config);

    Mixture? Read(OrchestratorConfig config)
    {
        if (config.Policies.FirstOrDefault(policy => !AggregatorRegistry.Hears(policy.Aggregator)) is not { } policy) return null;
        if (config.Router.Mixture is not { } file)
            throw new ConfigException([$"policies.{policy.Name}.aggregator is '{policy.Aggregator}', which needs router.mixture, the file of trained layers"]);
        try
        {
            var layers = MixtureFile.Read(file);
            var verdict = _verifier.Verify(layers, config);
            if (verdict.Refusal is { } refusal) throw new ConfigException([$"router.mixture '{file}' is refused: {refusal}"]);
            foreach (var note in verdict.Notes) Log.MixtureIncomplete(logger, file, note);
            _memory ??= new ThoughtBudget(config.Memory.Thoughts, time) { BatchMaxWait = config.Scheduler.BatchMaxWait };
            return new Mixture(layers, MixtureVerifier.Unchanged(config.Experts, verdict.Available), _memory);
        }
        catch (MixtureFileException damaged)
        {
            throw new ConfigException([$"router.mixture: {damaged.Message}"], damaged);
        }
    }
}
