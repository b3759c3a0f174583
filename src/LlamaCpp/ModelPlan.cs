using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Logging;
using Orchestrator.LlamaCpp.Embedding;
using Orchestrator.LlamaCpp.Models;

namespace Orchestrator.LlamaCpp;

/// <summary>What an engine would hold, as <see cref="BatchEngine"/> reports it once it is loaded.</summary>
/// <param name="WeightBytes">Shared with other engines of the same file, GPU layers and memory mapping.</param>
/// <param name="ContextBytes">KV cache, compute and output buffers; an adapter adds a little to the compute buffers.</param>
public sealed record ModelPlan(long WeightBytes, long ContextBytes, long AdapterBytes)
{
    public long TotalBytes => WeightBytes + ContextBytes + AdapterBytes;

    /// <summary>
    /// Lets llama.cpp lay everything out without allocating it: reads the header only, and takes milliseconds. Only the
    /// recurrent state of models that have one is allocated for the moment. A hostile header can end the process here as
    /// at a load: plan only for files that passed their trial.
    /// </summary>
    /// <exception cref="ModelLoadException">The file cannot be loaded, or has no room for such a context.</exception>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    public static ModelPlan Measure(LlamaRuntime runtime, string path, BatchEngineOptions options, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(loggers);
        BatchEngine.Check(options);
        using var model = LoadedModel.Plan(path, options.GpuLayers);
        // An adapter needs weights to lie on.
        using var context = DecodeContext.Create(model, options with { Adapter = null });
        var plan = new ModelPlan(model.WeightBytes, context.Bytes, options.Adapter is { } adapter ? LoraAdapter.FileBytes(adapter) : 0);
        return Told(plan, path, loggers);
    }

    /// <summary>The same for a model that embeds, as <see cref="EmbeddingEngine"/> reports it.</summary>
    /// <exception cref="ModelLoadException">The file cannot be loaded, or has no room for such a context.</exception>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    public static ModelPlan Measure(LlamaRuntime runtime, string path, EmbeddingEngineOptions options, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(loggers);
        EmbeddingEngine.Check(options);
        using var model = LoadedModel.Plan(path, options.GpuLayers);
        using var context = EmbeddingContext.Create(model, options with { Adapter = null });
        return Told(
            new ModelPlan(model.WeightBytes, context.Bytes, options.Adapter is { } adapter ? LoraAdapter.FileBytes(adapter) : 0), path, loggers);
    }

    static ModelPlan Told(ModelPlan plan, string path, ILoggerFactory loggers)
    {
        Log.Planned(loggers.CreateLogger("Orchestrator.LlamaCpp.ModelPlan"), path, plan.WeightBytes, plan.ContextBytes, plan.AdapterBytes);
        return plan;
    }
}
