using Microsoft.Extensions.Logging;
using Orchestrator.Experts.Gguf;
using Orchestrator.Experts.Trial;
using Orchestrator.LlamaCpp;

namespace Orchestrator.Experts.Local;

/// <summary>What the trial program runs. A file that nothing foresaw may end its process: that is what it is for.</summary>
public static class ModelCheck
{
    /// <summary>Enough for any prompt of the trial, and little memory for models trained on long contexts.</summary>
    const int ContextTokens = 512;

    /// <summary>Tries each candidate and prints its line before going on; returns how many were refused.</summary>
    public static int Run(
        LlamaRuntime runtime, IEnumerable<TrialCandidate> candidates, TextWriter output, ILoggerFactory loggers)
    {
        var refused = 0;
        foreach (var candidate in candidates)
        {
            var refusal = Refusal(runtime, candidate, loggers);
            refused += refusal is null ? 0 : 1;
            output.WriteLine(new TrialLine(candidate.File, refusal).ToJson());
            output.Flush();
        }

        return refused;
    }

    static string? Refusal(LlamaRuntime runtime, TrialCandidate candidate, ILoggerFactory loggers)
    {
        try
        {
            if (GgufRules.Refusal(GgufReader.Read(candidate.File)) is { } broken)
                return broken;
            var options = new BatchEngineOptions
            {
                ContextLength = ContextTokens, MaxSequences = 1, ChatTemplate = candidate.ChatTemplate,
            };
            ModelTrial.Run(runtime, candidate.File, options, loggers);
            return null;
        }
        catch (Exception e) when (e is GgufException or ModelLoadException)
        {
            return e.Message;
        }
    }
}
