namespace Orchestrator.Jobs.Store;

/// <summary>What a batch of OpenAI's API has beside its job.</summary>
public sealed record BatchFacts
{
    public required string InputFile { get; init; }

    public required string Endpoint { get; init; }

    public required string CompletionWindow { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public string? OutputFile { get; init; }

    public string? ErrorFile { get; init; }

    /// <summary>Why validation failed, by line; or why the job did.</summary>
    public IReadOnlyList<BatchProblem> Problems { get; init; } = [];
}

/// <summary>One thing that is wrong with a batch.</summary>
/// <param name="Line">From 1; null when it is no line's.</param>
public sealed record BatchProblem(string Code, string Message, string? Param, int? Line);
