namespace Orchestrator.LlamaCpp;

/// <summary>An engine as it is now; the counts are since it was loaded.</summary>
/// <param name="Active">Requests that hold a sequence.</param>
/// <param name="Waiting">Requests that wait for one.</param>
/// <param name="Steps">Decode calls.</param>
/// <param name="PromptTokens">Prompt tokens decoded.</param>
/// <param name="GeneratedTokens">Tokens sampled, ends of turn included.</param>
public sealed record BatchEngineSnapshot(int Active, int Waiting, long Steps, long PromptTokens, long GeneratedTokens)
{
    /// <summary>Requests that got their whole answer.</summary>
    public long Completed { get; init; }

    /// <summary>Requests that failed after they were accepted, those of an engine that was closed or given up included.</summary>
    public long Failed { get; init; }

    /// <summary>Requests whose caller left first.</summary>
    public long Cancelled { get; init; }
}
