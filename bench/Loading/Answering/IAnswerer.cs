namespace Orchestrator.Bench.Loading.Answering;

/// <summary>Answers with the expert it is told, and loads what it needs: the pool, or a server beside it.</summary>
interface IAnswerer : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Loads that were started so far.</summary>
    int Loads { get; }

    /// <summary>Bytes in memory now of the processes that do the work.</summary>
    long ProcessBytes { get; }

    /// <summary>Seconds that those processes computed so far, on all cores together.</summary>
    double ProcessorSeconds { get; }

    /// <summary>Asks greedily and reads the stream to its end.</summary>
    Task<Answer> AskAsync(string expert, string prompt, int tokens, CancellationToken cancellationToken);
}

/// <param name="FirstToken">From asking to the first text.</param>
/// <param name="Total">From asking to the end.</param>
/// <param name="PromptTokens">Tokens of the prompt, template included.</param>
/// <param name="Tokens">New tokens, as the answerer counts them.</param>
readonly record struct Answer(TimeSpan FirstToken, TimeSpan Total, int PromptTokens, int Tokens)
{
    /// <summary>The variant that answered; null when it was the expert's own file.</summary>
    public string? Variant { get; init; }
}
