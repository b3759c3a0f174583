using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Experts;

/// <summary>One question to one expert, and how it may be scheduled.</summary>
public sealed record ExpertCall
{
    public required GenerationRequest Request { get; init; }

    public RequestClass Class { get; init; } = RequestClass.Interactive;

    /// <summary>Whether a low-precision variant may answer when the expert itself would have to be waited for.</summary>
    public bool AllowVariant { get; init; } = true;

    /// <summary>
    /// Answers only where the model is loaded with a free sequence now, and fails at once as
    /// <see cref="ExpertFailure.Unavailable"/> otherwise: nothing is loaded or evicted for it.
    /// </summary>
    public bool ResidentOnly { get; init; }

    /// <summary>Filled in while the call runs.</summary>
    public CallTrace Trace { get; init; } = new();
}

/// <summary>What happened to a call; written by the expert, read by the caller after the first chunk.</summary>
public sealed class CallTrace
{
    /// <summary>The variant that answers; null when it is the expert's own file.</summary>
    public string? Variant { get; internal set; }

    /// <summary>Time from the call to the loaded model with a free sequence.</summary>
    public TimeSpan Waited { get; internal set; }
}
