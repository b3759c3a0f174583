using Microsoft.Extensions.Logging;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Gguf;
using Orchestrator.Experts.Trial;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Embedding;

namespace Orchestrator.Experts.Local;

/// <summary>What the trial program does with each file: first its header is judged, then llama.cpp has to run it.</summary>
public static class ModelCheck
{
    /// <summary>Enough for the trial's prompt, and little memory for models trained on long contexts.</summary>
    const int ContextTokens = 512;

    /// <summary>Why llama.cpp must not open the file, from its header alone; null when nothing speaks against trying it.</summary>
    public static string? HeaderRefusal(string file) => GgufFile.Refusal(file);

    /// <summary>
    /// Whether the service may open the file, and what a load will take. A file that no rule foresaw may end this process:
    /// call it in a child.
    /// </summary>
    public static TrialVerdict Try(LlamaRuntime runtime, TrialCandidate candidate, ILoggerFactory loggers)
    {
        if (GgufFile.Refusal(candidate.File, candidate.Adapter) is { } broken)
            return new TrialVerdict(broken);
        return candidate.Embeds is { } pooling ? TryEmbedding(runtime, candidate, pooling, loggers) : TryAnswering(runtime, candidate, loggers);
    }

    static TrialVerdict TryAnswering(LlamaRuntime runtime, TrialCandidate candidate, ILoggerFactory loggers)
    {
        var options = new BatchEngineOptions
        {
            ContextLength = candidate.Context,
            MaxSequences = candidate.MaxSequences,
            GpuLayers = candidate.GpuLayers,
            ChatTemplate = candidate.ChatTemplate,
            Adapter = candidate.Adapter,
        }.Tapped(candidate.LatentTap);
        try
        {
            ModelTrial.Run(runtime, candidate.File, options with { ContextLength = ContextTokens, MaxSequences = 1, GpuLayers = 0 }, loggers);
        }
        catch (ModelLoadException e)
        {
            return new TrialVerdict(e.Message);
        }

        return new TrialVerdict(null, Measured(() => ModelPlan.Measure(runtime, candidate.File, options, loggers)));
    }

    static TrialVerdict TryEmbedding(LlamaRuntime runtime, TrialCandidate candidate, EmbeddingPooling pooling, ILoggerFactory loggers)
    {
        // As a load will have it.
        var options = LlamaModelLoader.EmbeddingOptions(new ExpertConfig
        {
            Id = "",
            File = candidate.File,
            Adapter = candidate.Adapter,
            Context = candidate.Context,
            MaxSequences = candidate.MaxSequences,
            GpuLayers = candidate.GpuLayers,
            Pooling = pooling,
        });
        try
        {
            ModelTrial.Run(runtime, candidate.File, options with { ContextLength = ContextTokens, MaxSequences = 1, GpuLayers = 0 });
        }
        catch (ModelLoadException e)
        {
            return new TrialVerdict(e.Message);
        }

        return new TrialVerdict(null, Measured(() => ModelPlan.Measure(runtime, candidate.File, options, loggers)));
    }

    /// <summary>Null when it cannot be laid out here and now: a load will say why.</summary>
    static TrialMemory? Measured(Func<ModelPlan> measure)
    {
        try
        {
            var plan = measure();
            return new TrialMemory(plan.WeightBytes, plan.ContextBytes + plan.AdapterBytes);
        }
        catch (ModelLoadException)
        {
            return null;
        }
    }
}
