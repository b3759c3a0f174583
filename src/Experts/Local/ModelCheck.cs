using Microsoft.Extensions.Logging;
using Orchestrator.Experts.Gguf;
using Orchestrator.Experts.Trial;
using Orchestrator.LlamaCpp;

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

        return new TrialVerdict(null, Measure(runtime, candidate.File, options, loggers));
    }

    /// <summary>Null when it cannot be laid out here and now: a load will say why.</summary>
    static TrialMemory? Measure(LlamaRuntime runtime, string file, BatchEngineOptions options, ILoggerFactory loggers)
    {
        try
        {
            var plan = ModelPlan.Measure(runtime, file, options, loggers);
            return new TrialMemory(plan.WeightBytes, plan.ContextBytes + plan.AdapterBytes);
        }
        catch (ModelLoadException)
        {
            return null;
        }
    }
}
