using Orchestrator.LlamaCpp;

namespace Orchestrator.Experts.Local;

/// <summary>What an engine's failures mean for the expert.</summary>
static class GenerationFailures
{
    public static ExpertException Of(this GenerationException failure, string expert) =>
        new(Kind(failure.Failure), expert, failure.Message, failure);

    /// <summary>Its loop has ended, or its cache is in an unknown state. When the service is stopping the model goes anyway.</summary>
    public static bool EndsTheModel(this GenerationException failure) =>
        failure.Failure is GenerationFailure.Closed or GenerationFailure.DecodeFailed or GenerationFailure.Stalled;

    static ExpertFailure Kind(GenerationFailure failure) => failure switch
    {
        GenerationFailure.PromptTooLong => ExpertFailure.PromptTooLong,
        GenerationFailure.InvalidRequest => ExpertFailure.InvalidRequest,
        GenerationFailure.QueueFull or GenerationFailure.Closed or GenerationFailure.Stalled => ExpertFailure.Unavailable,
        GenerationFailure.BadLogits or GenerationFailure.DecodeFailed or GenerationFailure.TapFailed => ExpertFailure.Failed,
        GenerationFailure.NotTapped => ExpertFailure.Unheard,
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, "a kind of failure that no one mapped"),
    };
}
