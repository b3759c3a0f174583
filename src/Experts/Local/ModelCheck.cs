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
    /// Why the service must not open the file; null when it may. A file that no rule foresaw may end this process: call it
    /// in a child.
    /// </summary>
    public static string? Refusal(LlamaRuntime runtime, TrialCandidate candidate, ILoggerFactory loggers)
    {
        var options = new BatchEngineOptions { ContextLength = ContextTokens, MaxSequences = 1, ChatTemplate = candidate.ChatTemplate };
        if (GgufFile.Refusal(candidate.File, candidate.Adapter) is { } broken)
            return broken;
        try
        {
            ModelTrial.Run(runtime, candidate.File, options, loggers);
            return null;
        }
        catch (ModelLoadException e)
        {
            return e.Message;
        }
    }
}
