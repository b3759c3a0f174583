using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Local;
using Orchestrator.Jobs.Profiling;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Bench.Pool;

/// <summary>The experts of a configuration, run by llama.cpp in this process.</summary>
sealed class BenchPool : IAsyncDisposable
{
    readonly LlamaRuntime _runtime;
    readonly ExpertPool _pool;

    BenchPool(LlamaRuntime runtime, ExpertPool pool)
    {
        _runtime = runtime;
        _pool = pool;
    }

    /// <summary>Answering experts whose file is there and good; the others are named on standard error.</summary>
    public IReadOnlyList<IExpert> Experts =>
        [.. _pool.Snapshot().Where(expert => expert.Purpose == ExpertPurpose.Answer && IsUsable(expert)).Select(expert => _pool.Get(expert.Id))];

    /// <exception cref="ExpertException">No expert has that id.</exception>
    public IExpert Get(string id) => _pool.Get(id);

    public static async Task<BenchPool> StartAsync(OrchestratorConfig config, int threads, CancellationToken cancellationToken)
    {
        LlamaRuntime runtime = LlamaRuntime.Start(
            new LlamaRuntimeOptions { LibraryDirectory = config.Engine.Library, MaxThreads = threads },
            NullLoggerFactory.Instance);
        var loader = new LlamaModelLoader(runtime, NullLoggerFactory.Instance);
        ExpertPool pool = await ExpertPool.StartAsync(
            config, loader, new TrustedFiles(), TimeProvider.System, NullLoggerFactory.Instance, cancellationToken: cancellationToken);
        return new BenchPool(runtime, pool);
    }

    /// <summary>Every file <c>ID{suffix}.gguf</c> of a folder as an expert.</summary>
    public static OrchestratorConfig OfFolder(string folder, string suffix = "") => new()
    {
        Path = folder,
        Experts =
        [
            .. Directory.GetFiles(folder, $"*{suffix}.gguf").Order(StringComparer.Ordinal).Select(file => new ExpertConfig
            {
                Id = Path.GetFileName(file)[..^(suffix.Length + ".gguf".Length)],
                File = Path.GetFullPath(file),
                MaxSequences = 16,
                Sampling = SamplingOptions.Greedy,
            }),
        ],
    };

    /// <summary>
    /// Asks all experts all questions, once: answers are kept in <paramref name="cache"/>, and an expert is asked again
    /// only when its file is newer than that.
    /// </summary>
    public async Task<OutcomeTable> MeasureAsync(
        OrchestratorConfig config, IReadOnlyList<ProfileQuestion> questions, string cache, bool refresh,
        CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(cache))!);
        if (File.Exists(cache))
            ForgetStale(config, cache);
        var job = new ProfileJob(new ProfileOptions { Redo = refresh });
        ProfileReport report = await job.RunAsync(
            Experts, questions, cache, "a bench run", new ProgressLine(Console.Error), cancellationToken);
        foreach (ProfileFailure failure in report.Failures)
            await Console.Error.WriteLineAsync($"{failure.Expert} could not be measured: {failure.Reason}");
        IEnumerable<string> measured = Experts.Select(expert => expert.Id).Where(report.Table.IsComplete);
        return report.Table.OnlyExperts(measured.ToHashSet(StringComparer.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        _runtime.Dispose();
    }

    static void ForgetStale(OrchestratorConfig config, string cache)
    {
        DateTime measured = File.GetLastWriteTimeUtc(cache);
        OutcomeTable table = OutcomeFile.Read(cache);
        foreach (ExpertConfig expert in config.Experts)
        {
            if (File.Exists(expert.File) && File.GetLastWriteTimeUtc(expert.File) > measured)
                table = table.WithoutExpert(expert.Id);
        }
        OutcomeFile.Write(cache, table);
    }

    static bool IsUsable(ExpertSnapshot expert)
    {
        if (expert.Residency == Residency.Quarantined)
            Console.Error.WriteLine($"{expert.Id} is left out: {expert.Reason}");
        return expert.Residency != Residency.Quarantined;
    }
}
