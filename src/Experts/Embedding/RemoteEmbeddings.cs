using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Orchestrator.Experts.Configuration;

namespace Orchestrator.Experts.Embedding;

/// <summary>Asks embedding endpoints in OpenAI's shape; one client for all of them.</summary>
sealed class RemoteEmbeddings : IDisposable
{
    /// <summary>2048 vectors of 4096 numbers, written out, and some.</summary>
    const int MostReplyBytes = 256 << 20;

    const int MostQuoted = 300;
    readonly HttpClient _http;

    /// <param name="handler">Null is the network.</param>
    public RemoteEmbeddings(HttpMessageHandler? handler = null) =>
        // Names are looked up again after a while, and each request has its own time.
        _http = new HttpClient(handler ?? new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MostReplyBytes,
        };

    /// <returns>One unit vector a text, in their order.</returns>
    /// <exception cref="ExpertException">The endpoint cannot be reached or refuses; the message says which and why.</exception>
    public async Task<EmbeddedTexts> EmbedAsync(string expert, RemoteConfig remote, string[] texts, CancellationToken cancellationToken)
    {
        using var request = Request(expert, remote, texts);
        using var patience = new CancellationTokenSource(remote.Timeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var reply = await _http.SendAsync(request, either.Token);
            var body = await reply.Content.ReadAsByteArrayAsync(either.Token);
            return reply.IsSuccessStatusCode
                ? RemoteReply.Read(expert, body, texts.Length)
                : throw Refused(expert, reply.StatusCode, reply.Headers.RetryAfter?.Delta, body);
        }
        catch (OperationCanceledException late) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Unreachable(expert, $"it did not reply within {remote.Timeout.TotalSeconds:0.#} s", late);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            throw Unreachable(expert, broken.Message, broken);
        }
    }

    public void Dispose() => _http.Dispose();

    static HttpRequestMessage Request(string expert, RemoteConfig remote, string[] texts)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{remote.Url.TrimEnd('/')}/embeddings")
        {
            Content = JsonContent.Create(new RemoteRequest(remote.Model, texts, "float"), RemoteJson.Default.RemoteRequest),
        };
        if (remote.ApiKeyEnv is not { } variable)
            return request;
        if (Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } key)
            throw new ExpertException(ExpertFailure.LoadFailed, expert, $"the expert '{expert}' needs a key in the environment variable {variable}, which is not set");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return request;
    }

    /// <summary>Another expert may stand in for it.</summary>
    static ExpertException Unreachable(string expert, string why, Exception inner) =>
        new(ExpertFailure.LoadFailed, expert, $"the endpoint of the expert '{expert}' cannot be used: {why}", inner);

    static ExpertException Refused(string expert, HttpStatusCode status, TimeSpan? retryAfter, byte[] body)
    {
        var why = $"the endpoint of the expert '{expert}' refused with status {(int)status}{Said(body)}";
        return new ExpertException(Kind(status), expert, why) { RetryAfter = retryAfter };
    }

    static ExpertFailure Kind(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity => ExpertFailure.InvalidRequest,
        HttpStatusCode.TooManyRequests => ExpertFailure.QueueFull,
        _ => ExpertFailure.LoadFailed,
    };

    /// <summary>OpenAI's envelope, where the body is one.</summary>
    static string Said(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("error", out var error)
                && error.ValueKind == JsonValueKind.Object && error.TryGetProperty("message", out var message)
                && message.GetString() is { Length: > 0 } text
                    ? $": {text[..Math.Min(text.Length, MostQuoted)]}"
                    : "";
        }
        catch (Exception other) when (other is JsonException or InvalidOperationException)
        {
            return "";
        }
    }
}
