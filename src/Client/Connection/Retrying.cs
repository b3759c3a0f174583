using System.Net;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Orchestrator.Client.Connection;

/// <summary>When a request is sent again: never after the first byte of its reply, and never what may have been done and must not be done twice.</summary>
static class Retrying
{
    /// <param name="once">Of the calls that go through it: <see cref="ServiceCall.Once"/>.</param>
    public static ResiliencePipeline<HttpResponseMessage> Build(OrchestratorClientOptions options, bool once)
    {
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = options.Time };
        if (options.Retries > 0)
            pipeline.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = options.Retries,
                ShouldHandle = outcome => ValueTask.FromResult(
                    Helps(outcome.Outcome, once) && Wait(outcome.Outcome, options) <= Longest(outcome.Outcome, options)),
                DelayGenerator = outcome => ValueTask.FromResult<TimeSpan?>(Wait(outcome.Outcome, options)),
            });
        if (options.FirstByteTimeout is { } first) pipeline.AddTimeout(new TimeoutStrategyOptions { Timeout = first });
        return pipeline.Build();
    }

    public static bool Helps(Outcome<HttpResponseMessage> outcome, bool once) => outcome switch
    {
        { Exception: HttpRequestException failure } => IsUnsent(failure) || (!once && failure.HttpRequestError != HttpRequestError.SecureConnectionError),
        { Result.StatusCode: HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable } => true,
        // Something on the way says that it lost the service, which may have done it. What took too long once (504) would again.
        { Result.StatusCode: HttpStatusCode.BadGateway } => !once,
        _ => false,
    };

    /// <summary>Whether nothing can have come to the service.</summary>
    public static bool IsUnsent(HttpRequestException failure) =>
        failure.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError;

    /// <returns>Null where the reply does not say.</returns>
    public static TimeSpan? Asked(HttpResponseMessage reply, DateTimeOffset now) => reply.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };

    static TimeSpan Wait(Outcome<HttpResponseMessage> outcome, OrchestratorClientOptions options) =>
        AskedBy(outcome, options) ?? options.RetryDelay;

    static TimeSpan Longest(Outcome<HttpResponseMessage> outcome, OrchestratorClientOptions options) =>
        AskedBy(outcome, options) is null ? TimeSpan.MaxValue : options.MaxRetryAfter;

    static TimeSpan? AskedBy(Outcome<HttpResponseMessage> outcome, OrchestratorClientOptions options) =>
        outcome.Result is { } reply ? Asked(reply, options.Time.GetUtcNow()) : null;
}
