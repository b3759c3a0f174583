using Polly.Timeout;

namespace Orchestrator.Client.Connection;

/// <summary>Says what went wrong on the way, and what to do.</summary>
static class FailureWords
{
    /// <summary>For whatever shows that something else answers there.</summary>
    public const string EndpointAdvice =
        $"Probably the endpoint is wrong: {nameof(OrchestratorClientOptions)}.{nameof(OrchestratorClientOptions.Endpoint)} is the service's address, "
        + "all that comes before /v1.";

    /// <param name="limit">Its caller's cancellation is no failure.</param>
    /// <param name="begun">Whether the reply had begun.</param>
    /// <param name="emitted">Whether some of an answer had reached the caller.</param>
    /// <returns>What to throw; null for what is neither the service's nor the network's.</returns>
    public static Exception? Of(
        Exception failure, OrchestratorClientOptions options, string path, ReplyLimit limit, bool begun = false, bool emitted = false)
    {
        if (failure is OrchestratorException) return null;
        if (limit.Caller.IsCancellationRequested
            && failure is OperationCanceledException or IOException or HttpRequestException or TimeoutRejectedException or ObjectDisposedException)
            return new OperationCanceledException($"The request to {path} was cancelled.", failure, limit.Caller);
        if (Explain(failure, options, path, limit, begun) is not var (code, words)) return null;
        // Whoever closed the client knows better than to ask again, and something else would reply the same.
        var whole = begun && code is not (FailureCode.Disposed or FailureCode.NotOrchestrator) ? $"{words} {Rest(emitted)}" : words;
        return new OrchestratorException(whole, code: code, inner: failure) { Emitted = emitted };
    }

    public static OrchestratorException Strange(OrchestratorClientOptions options, string why, Exception? inner = null) =>
        new(StrangeWords(options, why), code: FailureCode.NotOrchestrator, inner: inner);

    /// <summary>What the caller has of an answer that broke off.</summary>
    public static string Rest(bool emitted) => emitted
        ? "Part of the answer had come already; ask again for the whole of it."
        : "Nothing of the answer had come; ask again.";

    static (string Code, string Words)? Explain(
        Exception failure, OrchestratorClientOptions options, string path, ReplyLimit limit, bool begun) => failure switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } insecure => (
                FailureCode.Unreachable,
                $"No secure connection to {options.Endpoint}: {Innermost(insecure)} Check its certificate, or whether it speaks http."),
            HttpRequestException unreachable when Retrying.IsUnsent(unreachable) => (
                FailureCode.Unreachable,
                $"There is no Orchestrator at {options.Endpoint}: {Sentence.Of(unreachable.Message)} Start it with 'orchestrator serve', or change the endpoint."),
            HttpRequestException or IOException => (
                FailureCode.BrokenOff,
                $"The connection to {options.Endpoint} broke {(begun ? "in the middle of" : "before")} the reply to {path}: {Innermost(failure)} "
                + "Look whether the service still runs, and at its log."),
            TimeoutRejectedException => (
                FailureCode.Timeout,
                $"{options.Endpoint} did not begin its reply to {path} within {options.FirstByteTimeout}. An expert may have to load first: "
                + $"raise {nameof(OrchestratorClientOptions)}.{nameof(options.FirstByteTimeout)}, or leave it null."),
            OperationCanceledException { InnerException: TimeoutException late } => (
                FailureCode.Timeout,
                $"{options.Endpoint} did not reply to {path} in time: {Sentence.Of(late.Message)} Set HttpClient.Timeout of the client that was handed in to "
                + $"Timeout.InfiniteTimeSpan, so that {nameof(OrchestratorClientOptions)}.{nameof(options.Timeout)} decides."),
            OperationCanceledException when limit.IsOver => (
                FailureCode.Timeout,
                $"{options.Endpoint} did not {(begun ? "end its reply" : "reply")} to {path} within {options.Timeout}. "
                + $"Ask for less, or raise {nameof(OrchestratorClientOptions)}.{nameof(options.Timeout)}."),
            OperationCanceledException or ObjectDisposedException => (
                FailureCode.Disposed,
                $"The client of {options.Endpoint} was disposed, or its service stopped, before the reply to {path} had come to its end."),
            // Such as text in an unknown encoding.
            InvalidOperationException wrong when begun => (FailureCode.NotOrchestrator, StrangeWords(options, wrong.Message)),
            _ => null,
        };

    static string StrangeWords(OrchestratorClientOptions options, string why) =>
        $"What {options.Endpoint} replied is not Orchestrator's: {Sentence.Of(why)} {EndpointAdvice}";

    static string Innermost(Exception failure) => Sentence.Of(failure.GetBaseException().Message);
}
