using Orchestrator.Experts.Panels;

namespace Orchestrator.Experts;

/// <summary>Why an expert did not answer. The host maps each to one HTTP status.</summary>
public enum ExpertFailure
{
    /// <summary>No expert of that id is in the catalog.</summary>
    Unknown,

    /// <summary>The expert is in the catalog, but its file was refused; the message says why.</summary>
    Quarantined,

    /// <summary>The file was fine at start but could not be loaded now.</summary>
    LoadFailed,

    /// <summary>The expert alone needs more bytes than the budget has.</summary>
    TooLargeForBudget,

    /// <summary>The prompt does not fit the expert's context.</summary>
    PromptTooLong,

    /// <summary>The request asks for something the expert refuses (an unknown role, a bad option).</summary>
    InvalidRequest,

    /// <summary>As many requests wait as may; trying again later may work.</summary>
    QueueFull,

    /// <summary>The service is stopping, or the engine's model is gone; trying again later may work.</summary>
    Unavailable,

    /// <summary>The model misbehaved while answering (not-a-number logits, a failed decode).</summary>
    Failed,

    /// <summary>Its thoughts cannot be heard or changed, for no fault of the request: words still can.</summary>
    Unheard,
}

/// <summary>An expected failure of one expert on one request.</summary>
public sealed class ExpertException(ExpertFailure failure, string expert, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public ExpertFailure Failure { get; } = failure;

    public string Expert { get; } = expert;

    /// <summary>When trying again may help; null when nothing is known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What others said for the request before it failed: their tokens are spent all the same.</summary>
    public IReadOnlyList<PanelAnswer> Heard { get; init; } = [];
}

public static class ExpertFailures
{
    /// <summary>
    /// Whether it belongs to the expert, not to the request or to the load on the service, so that another expert may answer.
    /// Unknown is one that a new configuration removed since the plan was made.
    /// </summary>
    public static bool AnotherMayHelp(this ExpertFailure failure) =>
        failure is ExpertFailure.Unknown or ExpertFailure.LoadFailed or ExpertFailure.Quarantined or ExpertFailure.TooLargeForBudget
            or ExpertFailure.Unheard;
}
