using System.Collections.Frozen;
using Orchestrator.Aggregator;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Loading;
using Orchestrator.Experts.Local;
using Orchestrator.Experts.Trial;
using Orchestrator.Jobs.Aggregation;
using Orchestrator.LlamaCpp;
using Orchestrator.Router.Coverage;
using Orchestrator.Router.Evidence;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;
using Orchestrator.Router.Routing.Automatic;
using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Host.Composition;

/// <summary>Puts the rooms together, for the server and for the commands that need experts without one.</summary>
/// <param name="loader">Null is llama.cpp; tests register one that loads nothing.</param>
/// <param name="trial">Null tries files in a child process.</param>
sealed class ServiceBuilder(
    OrchestratorConfig config, TimeProvider time, ILoggerFactory loggers, IModelLoader? loader = null, IModelTrial? trial = null)
{
    /// <exception cref="LlamaRuntimeException">The libraries are missing or of another version.</exception>
    public LlamaRuntime StartRuntime() => LlamaRuntime.Start(
        new LlamaRuntimeOptions
        {
            LibraryDirectory = config.Engine.Library,
            MaxThreads = config.Engine.Threads ?? Environment.ProcessorCount,
        },
        loggers);

    public Task<ExpertPool> StartPoolAsync(LlamaRuntime runtime, CancellationToken cancellationToken) => ExpertPool.StartAsync(
        config,
        loader ?? new LlamaModelLoader(runtime, loggers),
        trial ?? SelfTrial.Create(config.Engine, time, loggers),
        time,
        loggers,
        gpuFree: () => runtime.FreeGpuBytes,
        cancellationToken: cancellationToken);

    /// <summary>Without an outcome table the router still ranks, but says that it knows nothing.</summary>
    /// <exception cref="OutcomeFileException">The table is malformed; every bad line is named.</exception>
    /// <exception cref="RouterException">A policy is configured wrongly.</exception>
    /// <exception cref="ConfigException">A policy names an aggregator that there is not.</exception>
    public PolicyRouter LoadRouter() => LoadRouter(config);

    /// <summary>The same for a configuration that came later.</summary>
    public PolicyRouter LoadRouter(OrchestratorConfig later)
    {
        if (AggregatorRegistry.Check(later.Policies) is { Count: > 0 } problems) throw new ConfigException(problems);
        return new(Resolved(later).Policies, LoadOutcomes(later.Router), later.Answering.ToHashSet(StringComparer.Ordinal),
            coverage: new CoverageOptions { NovelQuantile = later.Router.NovelQuantile });
    }

    public Learned LoadLearned() => LoadLearned(config);

    /// <summary>The router, and who merges.</summary>
    /// <exception cref="AggregationFileException">The choice of an aggregator is malformed.</exception>
    /// <exception cref="EvidenceFileException">The evidence is malformed.</exception>
    public Learned LoadLearned(OrchestratorConfig later)
    {
        later = Resolved(later);
        var chosen = later.Router.Aggregation is { } file ? AggregationFile.Read(file)?.Chosen : null;
        return new Learned(LoadRouter(later), later.Experts.Any(expert => expert.Id == chosen) ? chosen : null)
        {
            Cascades = Cascades.Begin(later, LoadOutcomes(later.Router)),
        };
    }

    public Service Assemble(ExpertPool pool, Learned learned) => Assemble(config, pool, learned, time.GetUtcNow());

    /// <summary>The same for a configuration that came later.</summary>
    public static Service Assemble(OrchestratorConfig later, ExpertPool pool, Learned learned, DateTimeOffset startedAt)
    {
        var purposes = later.Experts.ToFrozenDictionary(expert => expert.Id, expert => expert.Purpose, StringComparer.Ordinal);
        var merging = new AggregatorParts(pool.Get, id => purposes.GetValueOrDefault(id), learned.Merger);
        return new Service(later, pool, learned.Router, SkillTagger.From(later, pool.Get), merging, startedAt)
        {
            Cascades = learned.Cascades,
        };
    }

    /// <summary>With the strategy that was chosen where a policy asks for that, so that everything fits the same.</summary>
    OrchestratorConfig Resolved(OrchestratorConfig later)
    {
        if (later.Policies.All(policy => policy.Strategy != AutoPolicies.Strategy)
            || later.Router.Auto is not { } file || AutoChoiceFile.Read(file) is not { } choice) return later;
        var outcomes = LoadOutcomes(later.Router).OnlyExperts(later.Answering.ToHashSet(StringComparer.Ordinal));
        if (AutoPolicies.IsStale(choice, outcomes)) Log.StaleChoice(loggers.CreateLogger<ServiceBuilder>(), file, choice.Strategy);
        return later with { Policies = AutoPolicies.Resolve(later.Policies, choice, outcomes) };
    }

    OutcomeTable LoadOutcomes(RouterConfig router)
    {
        if (router.Outcomes is { } file && File.Exists(file)) return OutcomeFile.Read(file);
        Log.NoOutcomes(loggers.CreateLogger<ServiceBuilder>(), router.Outcomes ?? "router.outcomes is not set");
        return OutcomeTable.Empty;
    }
}
