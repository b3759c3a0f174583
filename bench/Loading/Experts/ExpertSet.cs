using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Configuration;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Bench.Loading.Experts;

/// <summary>The experts of one run and what the largest of them takes once loaded.</summary>
/// <param name="Folder">Where their files are, for a server that is given a folder.</param>
/// <param name="Bytes">What llama.cpp reports for the one with the largest file.</param>
sealed record ExpertSet(IReadOnlyList<ExpertConfig> Experts, string Folder, long Bytes)
{
    /// <summary>Beside whole experts, so that an estimate a little above the truth does not cost a place.</summary>
    const double Spare = 0.4;

    public static async Task<ExpertSet> PrepareAsync(
        LoadingOptions options, LlamaRuntime runtime, CancellationToken cancellationToken)
    {
        IReadOnlyList<ExpertConfig> experts = options.Config is { } config
            ? [.. ConfigReader.Read(config).Experts.Where(expert => IsCommon(expert, options)).Select(expert => Shaped(expert, options))]
            : [.. GeneratedExperts.Ensure(options, cancellationToken).Select(
                file => Shaped(new ExpertConfig { Id = Path.GetFileNameWithoutExtension(file), File = file }, options))];
        string largest = experts.MaxBy(expert => new FileInfo(expert.File).Length)!.File;
        await using BatchEngine engine = await BatchEngine.LoadAsync(
            runtime, largest, EngineOptions(options), NullLoggerFactory.Instance, cancellationToken: cancellationToken);
        return new ExpertSet(experts, Path.GetDirectoryName(largest)!, engine.ResidentBytes);
    }

    /// <summary>What the pool's own loader would choose for such an expert.</summary>
    public static BatchEngineOptions EngineOptions(LoadingOptions options, bool memoryMap = false) => new()
    {
        ContextLength = options.Context,
        MaxSequences = options.Sequences,
        Threads = options.Threads,
        MemoryMap = memoryMap,
        DefaultSampling = SamplingOptions.Greedy,
    };

    public long BudgetFor(int experts) => (long)((experts + Spare) * Bytes);

    public OrchestratorConfig Config(int loaded) => new()
    {
        Path = Folder,
        Experts = Experts,
        Memory = new MemoryConfig { Budget = BudgetFor(loaded) },
    };

    /// <summary>The same experts, their files mapped instead of read.</summary>
    public ExpertSet Mapped() => this with { Experts = [.. Experts.Select(expert => expert with { MemoryMap = true })] };

    public string Describe() =>
        $"{Experts.Count} experts of {new FileInfo(Experts[0].File).Length / 1e6:0} MB, {Bytes / 1e6:0} MB each once loaded";

    /// <summary>A router of files has no experts that are adapters: beside it they are left out on both sides.</summary>
    static bool IsCommon(ExpertConfig expert, LoadingOptions options) => options.Server is null || expert.Adapter is null;

    static ExpertConfig Shaped(ExpertConfig expert, LoadingOptions options) => expert with
    {
        Context = options.Context,
        MaxSequences = options.Sequences,
        Threads = options.Threads,
        MemoryMap = options.Mapped,
        Sampling = SamplingOptions.Greedy,
    };
}
