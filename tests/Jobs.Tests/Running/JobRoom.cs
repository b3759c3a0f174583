using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Aggregator;
using Orchestrator.Experts;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Panels;
using Orchestrator.Jobs.Running;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Jobs.Tests.Running;

/// <summary>Experts a, b, c, … that load in no time, policies over them, and jobs in a folder of their own.</summary>
sealed class JobRoom : IAsyncDisposable
{
    public const string Panel = "panel";

    /// <summary>Bytes of every expert; more than its header makes the pool expect.</summary>
    public const long Unit = 16L << 20;

    readonly TemporaryFolder _folder = new();
    readonly ExpertPool _pool;

    JobRoom(TemporaryFolder folder, OrchestratorConfig config, FakeModelLoader loader, ExpertPool pool)
    {
        (_folder, Config, Loader, _pool) = (folder, config, loader, pool);
        Place = new JobWorkplace(
            config, pool, new PolicyRouter(config.Policies, OutcomeTable.Empty, config.Answering.ToHashSet(StringComparer.Ordinal)))
        {
            Merger = (_, expert) => new PanelMerger(new JoiningAggregator(), expert),
        };
    }

    public OrchestratorConfig Config { get; }

    public FakeModelLoader Loader { get; }

    public JobWorkplace Place { get; set; }

    public string Folder => Config.Jobs.Folder!;

    public ExpertPool Pool => _pool;

    /// <param name="fit">How many experts memory holds.</param>
    /// <param name="merging">The expert that merges the policy's panel; null merges without one.</param>
    public static async Task<JobRoom> StartAsync(
        int experts = 4, int fit = 3, int panel = 3, FakeModelLoader? loader = null, float temperature = 0, string? merging = null,
        int window = 64, string aggregator = "join")
    {
        var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("model.gguf"), TinyGguf.Saying("fine").ToBytes());
        loader ??= new FakeModelLoader { SizeOf = _ => Unit };
        var config = new OrchestratorConfig
        {
            Path = folder.File("orchestrator.yaml"),
            Memory = new MemoryConfig { Budget = fit * (Unit) },
            Jobs = new JobsConfig { Folder = folder.File("jobs"), Window = window },
            Policies =
            [
                new PolicyConfig("auto", "best-single", new Dictionary<string, string>(), 1),
                new PolicyConfig(Panel, "best-single", new Dictionary<string, string>(), 1)
                {
                    Panel = panel, Aggregator = aggregator, AggregatorExpert = merging,
                },
            ],
            Experts =
            [
                .. Enumerable.Range(0, experts).Select(i => new ExpertConfig
                {
                    Id = $"{(char)('a' + i)}",
                    File = folder.File("model.gguf"),
                    MaxSequences = 4,
                    Sampling = new SamplingOptions { Temperature = temperature },
                }),
            ],
        };
        ExpertPool pool = await ExpertPool.StartAsync(config, loader, new FakeTrial(), TimeProvider.System, NullLoggerFactory.Instance);
        return new JobRoom(folder, config, loader, pool);
    }

    public JobService Open(TimeProvider? time = null) =>
        JobService.Open(Config.Jobs, () => Place, time ?? TimeProvider.System, NullLoggerFactory.Instance);

    public static JobItem Item(string key, string model, string question = "hello") => new()
    {
        Key = key,
        Model = model,
        Request = new GenerationRequest { Messages = [new ChatTurn("user", question)] },
    };

    public static JobItem[] Items(int count, params string[] models) =>
        [.. Enumerable.Range(0, count).Select(i => Item($"k{i}", models[i % models.Length], $"question {i}"))];

    /// <summary>How often an expert was loaded.</summary>
    public int Loads(string expert) => Loader.Events.Count(happened => happened == $"load {expert}");

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>Joins what the panel said by <c>+</c>; where an expert merges, it is asked and its answer put before.</summary>
sealed class JoiningAggregator : IAggregator
{
    public string Name => "join";

    public Task<MergedAnswer> MergeAsync(PanelAnswers panel, CancellationToken cancellationToken)
    {
        string joined = string.Join('+', panel.Answers.Select(member => member.Answer.Failure is null ? member.Answer.Text : "-"));
        return Task.FromResult(new MergedAnswer(panel.Answers[0].Answer.Expert, ["joined"], Chunks(joined)));
    }

    static async IAsyncEnumerable<GenerationChunk> Chunks(string text)
    {
        await Task.CompletedTask;
        yield return new GenerationChunk(text, FinishReason.Stop);
    }
}

/// <summary>Has nobody to merge with, so many times.</summary>
sealed class FailingAggregator(ExpertFailure failure, int times = int.MaxValue) : IAggregator
{
    public int Asked { get; private set; }

    public string Name => "failing";

    public Task<MergedAnswer> MergeAsync(PanelAnswers panel, CancellationToken cancellationToken) => ++Asked <= times
        ? throw new ExpertException(failure, "b", "no such file")
        : new JoiningAggregator().MergeAsync(panel, cancellationToken);
}

/// <summary>Asks all but the panel's first for a draft and then the first, as a mixture of thoughts does.</summary>
sealed class ThinkingAggregator(ExpertPool pool) : IAggregator
{
    public string Name => "mixture-of-thoughts";

    public async Task<MergedAnswer> MergeAsync(PanelAnswers panel, CancellationToken cancellationToken)
    {
        var call = new ExpertCall { Request = panel.Request, Class = panel.Class, AllowVariant = false };
        PanelAnswer[] heard = await Task.WhenAll(panel.Answers.Skip(1).Select(peer => AskAsync(peer.Answer.Expert)));
        PanelAnswer spoken = await AskAsync(panel.Answers[0].Answer.Expert);
        return new MergedAnswer(spoken.Expert, ["thought"], Chunks(spoken)) { Heard = heard };

        async Task<PanelAnswer> AskAsync(string expert)
        {
            PanelAnswer said = await PanelCall.Ask(expert, pool.Get, call, cancellationToken).Answer;
            return said.Failure is { } failure ? throw failure : said;
        }
    }

    static async IAsyncEnumerable<GenerationChunk> Chunks(PanelAnswer said)
    {
        await Task.CompletedTask;
        yield return new GenerationChunk(said.Text, said.Finish, said.Usage);
    }
}
