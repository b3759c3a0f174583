using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orchestrator.Client.Wire;

namespace Orchestrator.Client;

/// <summary>JSON to the service and back; everything that goes wrong is an <see cref="OrchestratorException"/>.</summary>
sealed class ServiceConnection(OrchestratorClientOptions options, HttpClient? shared) : IDisposable
{
    readonly HttpClient _http = shared ?? new HttpClient { Timeout = System.Threading.Timeout.InfiniteTimeSpan };

    public Uri Endpoint => options.Endpoint;

    public async Task<TReply> SendAsync<TBody, TReply>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TReply> replyType, CancellationToken cancellationToken) =>
        await SendAsync(method, path, JsonContent.Create(body, bodyType), replyType, cancellationToken);

    /// <param name="body">Null sends none.</param>
    /// <exception cref="OrchestratorException">The service refused, is not there, or took too long.</exception>
    public async Task<TReply> SendAsync<TReply>(
        HttpMethod method, string path, HttpContent? body, JsonTypeInfo<TReply> replyType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, Address(path)) { Content = body };
        if (options.ApiKey is { Length: > 0 } key) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        try
        {
            using var reply = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (!reply.IsSuccessStatusCode) throw await RefusalAsync(reply, limit.Token);
            return await reply.Content.ReadFromJsonAsync(replyType, limit.Token) ?? throw Strange("the reply is null");
        }
        catch (JsonException wrong)
        {
            throw Strange(wrong.Message, wrong);
        }
        catch (HttpRequestException unreachable)
        {
            throw new OrchestratorException(
                $"There is no Orchestrator at {options.Endpoint}: {unreachable.Message} Start it with 'orchestrator serve', or change the endpoint.",
                inner: unreachable);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OrchestratorException($"{options.Endpoint} did not reply to {path} within {options.Timeout}.", inner: late);
        }
    }

    /// <summary>A client that was handed in is its owner's to close.</summary>
    public void Dispose()
    {
        if (shared is null) _http.Dispose();
    }

    Uri Address(string path) => new($"{options.Endpoint.AbsoluteUri.TrimEnd('/')}{path}");

    static async Task<OrchestratorException> RefusalAsync(HttpResponseMessage reply, CancellationToken cancellationToken)
    {
        var status = (int)reply.StatusCode;
        var text = await reply.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            if (JsonSerializer.Deserialize(text, ClientJson.Wire.ErrorReply)?.Error is { } error)
                return new OrchestratorException(error.Message, status, error.Code);
        }
        catch (JsonException)
        {
            // Something between here and the service replied in its own words.
        }

        return new OrchestratorException($"The service replied {status}: {(text.Length <= 300 ? text : text[..300] + "…")}", status);
    }

    OrchestratorException Strange(string why, Exception? inner = null) =>
        new($"What {options.Endpoint} replied is not Orchestrator's: {why}", inner: inner);
}
