using System.Collections.Frozen;
using Orchestrator.Aggregator;
using Orchestrator.Aggregator.MixtureOfThoughts;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Loading;
using Orchestrator.Experts.Local;
using Orchestrator.Experts.Trial;
using Orchestrator.Host.Embedding;
using Orchestrator.Host.Retrieval;
using Orchestrator.Jobs.Aggregation;
using Orchestrator.LlamaCpp;
using Orchestrator.Router.Coverage;
using Orchestrator.Router.Embedding;
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
    readonly Mixtures _mixtures = new(loggers.CreateLogger<ServiceBuilder>(), time);
    readonly PilotLoading _pilots = new(loggers.CreateLogger<PilotLoading>());

    /// <exception cref="LlamaRuntimeException">The libraries are missing or of another version.</exception>
    public LlamaRuntime StartRuntime() => LlamaRuntime.Start(
        new LlamaRuntimeOptions
        {
            LibraryDirectory = config.Engine.Library,
            MaxThreads = config.Engine.Threads ?? Environment.ProcessorCount,
        },
        loggers);

    /// <exception cref="ConfigException">A budget cannot be measured.</exception>
    public Task<ExpertPool> StartPoolAsync(LlamaRuntime runtime, CancellationToken cancellationToken) =>
        StartPoolAsync(runtime, config, cancellationToken);

    /// <summary>With what the router's embedder and a mixture, where one was loaded, leave of the budgets.</summary>
    /// <exception cref="ConfigException">They leave nothing, or a budget cannot be measured.</exception>
    public Task<ExpertPool> StartPoolAsync(LlamaRuntime runtime, QuestionSpaces spaces, CancellationToken cancellationToken) =>
        StartPoolAsync(runtime, config.LeftForExperts(spaces.ResidentBytes, _mixtures.Current), cancellationToken);

    Task<ExpertPool> StartPoolAsync(LlamaRuntime runtime, OrchestratorConfig bounded, CancellationToken cancellationToken) => ExpertPool.StartAsync(
        bounded,
        loader ?? new LlamaModelLoader(runtime, loggers),
        trial ?? SelfTrial.Create(config.Engine, time, loggers),
        time,
        loggers,
        gpuFree: () => runtime.FreeGpuBytes,
        cancellationToken: cancellationToken);

    /// <param name="runtime">Null where <see cref="NeedsRuntime"/> is false. Outlives the spaces.</param>
    public QuestionSpaces CreateSpaces(LlamaRuntime? runtime) => new(config.Router, runtime, loggers.CreateLogger<QuestionSpaces>());

    /// <summary>Whether questions are embedded by a model.</summary>
    public bool NeedsRuntime => config.Router.Embedder.File is not null;

    /// <summary>Without an outcome table the router still ranks, but says that it knows nothing.</summary>
    /// <exception cref="OutcomeFileException">The table is malformed; every bad line is named.</exception>
    /// <exception cref="RouterException">A policy is configured wrongly.</exception>
    /// <exception cref="ConfigException">A policy names an aggregator that there is not, or the embedder cannot be used.</exception>
    public async Task<PolicyRouter> LoadRouterAsync(QuestionSpaces spaces, CancellationToken cancellationToken)
    {
        Check(config);
        var outcomes = LoadOutcomes(config.Router);
        return Router(Resolved(config, outcomes), outcomes, await spaces.OfAsync(Questions(outcomes), cancellationToken));
    }

    public Task<Learned> LoadLearnedAsync(QuestionSpaces spaces, CancellationToken cancellationToken) =>
        LoadLearnedAsync(config, spaces, cancellationToken);

    /// <summary>The router, and who merges.</summary>
    /// <exception cref="AggregationFileException">The choice of an aggregator is malformed.</exception>
    /// <exception cref="EvidenceFileException">The evidence is malformed.</exception>
    public async Task<Learned> LoadLearnedAsync(OrchestratorConfig later, QuestionSpaces spaces, CancellationToken cancellationToken)
    {
        Check(later);
        var mixture = _mixtures.Load(later);
        var outcomes = LoadOutcomes(later.Router);
        later = Resolved(later, outcomes);
        var space = await spaces.OfAsync(Questions(outcomes), cancellationToken);
        var chosen = later.Router.Aggregation is { } file ? AggregationFile.Read(file)?.Chosen : null;
        return new Learned(Router(later, outcomes, space), later.Experts.Any(expert => expert.Id == chosen) ? chosen : null)
        {
            Cascades = Cascades.Begin(later, outcomes, spaces.PartsOf(space)),
            Mixture = mixture,
            Pilots = _pilots.Load(later),
            Spaces = spaces,
        };
    }

    /// <summary>Null where no policy mixes thoughts.</summary>
    /// <exception cref="ConfigException">The layers are missing, damaged or of other experts.</exception>
    public Mixture? LoadMixture() => _mixtures.Load(config);

    public Service Assemble(ExpertPool pool, Learned learned) => Assemble(config, pool, learned, time.GetUtcNow());

    /// <summary>The same for a configuration that came later.</summary>
    public static Service Assemble(OrchestratorConfig later, ExpertPool pool, Learned learned, DateTimeOffset startedAt)
    {
        var purposes = later.Experts.ToFrozenDictionary(expert => expert.Id, expert => expert.Purpose, StringComparer.Ordinal);
        var merging = new AggregatorParts(pool.Get, id => purposes.GetValueOrDefault(id), learned.Merger) { Mixture = learned.Mixture };
        return new Service(later, pool, learned.Router, SkillTagger.From(later, pool.Get), merging, startedAt)
        {
            Cascades = learned.Cascades,
            Embedder = new RoutedEmbedder(pool, later, learned.Pilots),
            Spaces = learned.Spaces,
        };
    }

    static void Check(OrchestratorConfig config)
    {
        if (AggregatorRegistry.Check(config.Policies) is { Count: > 0 } problems) throw new ConfigException(problems);
    }

    static PolicyRouter Router(OrchestratorConfig config, OutcomeTable outcomes, QuestionSpace space) => new(
        config.Policies, outcomes, config.Answering.ToHashSet(StringComparer.Ordinal), space,
        PolicyRouter.WantsFacts(config.Policies) ? KnownFacts.Of(config) : null,
        new CoverageOptions { NovelQuantile = config.Router.NovelQuantile });

    /// <summary>With the strategies that policies of the strategy <c>auto</c> follow.</summary>
    OrchestratorConfig Resolved(OrchestratorConfig later, OutcomeTable outcomes)
    {
        if (later.Policies.All(policy => policy.Strategy != AutoPolicies.Strategy)
            || later.Router.Auto is not { } file || AutoChoiceFile.Read(file) is not { } choice) return later;
        outcomes = outcomes.OnlyExperts(later.Answering.ToHashSet(StringComparer.Ordinal));
        if (AutoPolicies.IsStale(choice, outcomes)) Log.StaleChoice(loggers.CreateLogger<ServiceBuilder>(), file, choice.Strategy);
        return later with { Policies = AutoPolicies.Resolve(later.Policies, choice, outcomes) };
    }

    static string[] Questions(OutcomeTable outcomes) => [.. outcomes.Rows.Select(row => row.Question)];

    OutcomeTable LoadOutcomes(RouterConfig router)
    {
        if (router.Outcomes is { } file && File.Exists(file)) return OutcomeFile.Read(file);
        Log.NoOutcomes(loggers.CreateLogger<ServiceBuilder>(), router.Outcomes ?? "router.outcomes is not set");
        return OutcomeTable.Empty;
    }
}
