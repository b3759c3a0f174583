namespace Orchestrator.Client.Plugin.Results;

/// <param name="Expert">Who answered.</param>
/// <param name="Policy">Who was asked to choose: a policy, or the expert itself.</param>
sealed record AskResult(string Answer, string Expert, string Policy)
{
    /// <summary>0 to 1: what is expected of the answer; null where nothing supports a number.</summary>
    public double? Confidence { get; init; }

    /// <summary>Whether what was profiled supports the choice.</summary>
    public string? Coverage { get; init; }

    /// <summary>How several answers became one, or why it is not whole.</summary>
    public IReadOnlyList<string>? Notes { get; init; }

    /// <summary>What others said, where several were asked.</summary>
    public IReadOnlyList<OtherAnswer>? Others { get; init; }

    /// <summary>Of the documents that were read for the answer.</summary>
    public IReadOnlyList<string>? Sources { get; init; }
}

/// <param name="Answer">Its beginning; null where it failed.</param>
sealed record OtherAnswer(string Expert, string? Answer, string? Error);
