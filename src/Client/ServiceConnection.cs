using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;
using Orchestrator.Client.Connection;
using Polly;

namespace Orchestrator.Client;

/// <summary>
/// JSON to the service and back, within time limits and with a retry where that is safe. Everything that goes wrong is an
/// <see cref="OrchestratorException"/>.
/// </summary>
sealed class ServiceConnection : IDisposable
{
    readonly OrchestratorClientOptions _options;
    readonly HttpClient _http;
    readonly bool _owned;
    readonly string _address;
    readonly AuthenticationHeaderValue? _key;
    readonly ResiliencePipeline<HttpResponseMessage> _harmless;
    readonly ResiliencePipeline<HttpResponseMessage> _once;

    /// <param name="shared">Used and left open when given.</param>
    /// <exception cref="ArgumentException">An option is wrong; the message names it and what is allowed.</exception>
    public ServiceConnection(OrchestratorClientOptions options, HttpClient? shared)
    {
        OptionsCheck.Check(options);
        _options = options;
        _http = shared ?? OwnHttp.Create(options.ConnectTimeout);
        _owned = shared is null;
        _address = AddressOf(options.Endpoint);
        _key = options.ApiKey is { Length: > 0 } key ? new AuthenticationHeaderValue("Bearer", key) : null;
        _harmless = Retrying.Build(options, once: false);
        _once = Retrying.Build(options, once: true);
    }

    public Uri Endpoint => _options.Endpoint;

    /// <summary>For a reply that its reader cannot use.</summary>
    public OrchestratorException Strange(string why) => FailureWords.Strange(_options, why);

    /// <summary>For what may be sent twice; see the other overload.</summary>
    public Task<TReply> SendAsync<TBody, TReply>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TReply> replyType, CancellationToken cancellationToken) =>
        SendAsync(ServiceCall.Of(method, path, body, bodyType), replyType, cancellationToken);

    /// <exception cref="OrchestratorException">The service refused, is not there, or took too long.</exception>
    public async Task<TReply> SendAsync<TReply>(ServiceCall call, JsonTypeInfo<TReply> replyType, CancellationToken cancellationToken)
    {
        using var reply = await OpenAsync(call, cancellationToken).ConfigureAwait(false);
        return await reply.ReadAsync(replyType).ConfigureAwait(false);
    }

    /// <summary>Returns with the headers of a reply that is none of refusal; the caller closes it.</summary>
    /// <exception cref="OrchestratorException">The service refused, is not there, or took too long.</exception>
    public async Task<ServiceReply> OpenAsync(ServiceCall call, CancellationToken cancellationToken)
    {
        var limit = new ReplyLimit(_options.Timeout, _options.Time, cancellationToken);
        HttpResponseMessage? reply = null;
        try
        {
            reply = await (call.Once ? _once : _harmless).ExecuteAsync(
                static (attempt, token) => attempt.Connection.AttemptAsync(attempt.Call, token), (Connection: this, Call: call), limit.Token).ConfigureAwait(false);
            if (reply.IsSuccessStatusCode) return new ServiceReply(reply, limit, _options, call.Path);
            throw await Refusal.OfAsync(reply, call.Path, Retrying.Asked(reply, _options.Time.GetUtcNow()), limit.Token).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            var explained = FailureWords.Of(failure, _options, call.Path, limit, begun: reply is not null);
            reply?.Dispose();
            limit.Dispose();
            if (explained is not null) throw explained;
            throw;
        }
    }

    /// <summary>A client that was handed in is its owner's to close.</summary>
    public void Dispose()
    {
        if (_owned) _http.Dispose();
    }

    async ValueTask<HttpResponseMessage> AttemptAsync(ServiceCall call, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(call.Method, _address + call.Path);
        request.Headers.Authorization = _key;
        foreach (var (name, value) in call.Headers) request.Headers.Add(name, value);
        if (call.Body is { } body)
            request.Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (_http.Timeout == Timeout.InfiniteTimeSpan && late.InnerException is TimeoutException)
        {
            // Then the only time-out of its own is the one to connect.
            throw new HttpRequestException(HttpRequestError.ConnectionError, late.InnerException.Message, late);
        }
    }

    static string AddressOf(Uri endpoint)
    {
        var address = endpoint.AbsoluteUri.TrimEnd('/');
        return address.EndsWith("/v1", StringComparison.Ordinal) ? address[..^"/v1".Length] : address;
    }
}
