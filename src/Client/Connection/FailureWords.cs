using System.Text.Json;
using Polly.Timeout;

namespace Orchestrator.Client.Connection;

/// <summary>Says what went wrong on the way, and what to do.</summary>
static class FailureWords
{
    /// <param name="begun">Whether the reply had begun.</param>
    /// <param name="emitted">Whether some of an answer had reached the caller.</param>
    /// <param name="caller">Whose cancellation is no failure.</param>
    /// <returns>What to throw; null for what is neither the service's nor the network's.</returns>
    public static Exception? Of(
        Exception failure, OrchestratorClientOptions options, string path, CancellationToken caller, bool begun = false, bool emitted = false)
    {
        if (failure is OrchestratorException) return null;
        if (caller.IsCancellationRequested && failure is OperationCanceledException or IOException or HttpRequestException or TimeoutRejectedException)
            return new OperationCanceledException($"The request to {path} was cancelled.", failure, caller);
        return Words(failure, options, path, begun) is not { } words
            ? null
            : new OrchestratorException(begun ? $"{words} {Rest(emitted)}" : words, inner: failure) { Emitted = emitted };
    }

    public static OrchestratorException Strange(OrchestratorClientOptions options, string why) => new(StrangeWords(options, why));

    /// <summary>What the caller has of an answer that broke off.</summary>
    public static string Rest(bool emitted) => emitted
        ? "Part of the answer had come already; ask again for the whole of it."
        : "Nothing of the answer had come; ask again.";

    static string? Words(Exception failure, OrchestratorClientOptions options, string path, bool begun) => failure switch
    {
        JsonException wrong => StrangeWords(options, wrong.Message),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } insecure =>
            $"No secure connection to {options.Endpoint}: {Innermost(insecure)} Check its certificate, or whether it speaks http.",
        HttpRequestException unreachable when Retrying.IsUnsent(unreachable) =>
            $"There is no Orchestrator at {options.Endpoint}: {unreachable.Message} Start it with 'orchestrator serve', or change the endpoint.",
        HttpRequestException or IOException =>
            $"The connection to {options.Endpoint} broke {(begun ? "in the middle of" : "before")} the reply to {path}: {Innermost(failure)} "
            + "Look whether the service still runs, and at its log.",
        TimeoutRejectedException =>
            $"{options.Endpoint} did not begin its reply to {path} within {options.FirstByteTimeout}. An expert may have to load first: "
            + $"raise {nameof(OrchestratorClientOptions)}.{nameof(options.FirstByteTimeout)}, or leave it null.",
        OperationCanceledException { InnerException: TimeoutException late } =>
            $"{options.Endpoint} did not reply to {path} in time: {late.Message} Set HttpClient.Timeout of the client that was handed in to "
            + $"Timeout.InfiniteTimeSpan, so that {nameof(OrchestratorClientOptions)}.{nameof(options.Timeout)} decides.",
        OperationCanceledException =>
            $"{options.Endpoint} did not {(begun ? "end its reply" : "reply")} to {path} within {options.Timeout}. "
            + $"Ask for less, or raise {nameof(OrchestratorClientOptions)}.{nameof(options.Timeout)}.",
        _ => null,
    };

    static string StrangeWords(OrchestratorClientOptions options, string why) => $"What {options.Endpoint} replied is not Orchestrator's: {why}";

    static string Innermost(Exception failure) => failure.GetBaseException().Message;
}
