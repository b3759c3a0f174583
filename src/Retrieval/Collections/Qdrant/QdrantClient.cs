using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Experts;

namespace Orchestrator.Retrieval.Collections.Qdrant;

/// <summary>One request to Qdrant's REST interface: time limit, repeats where they are safe, and failures in words.</summary>
sealed class QdrantClient : IDisposable
{
    const int MostShown = 300;

    readonly HttpClient _http;
    readonly QdrantOptions _options;
    readonly TimeProvider _time;

    public QdrantClient(HttpMessageHandler handler, QdrantOptions options, TimeProvider time)
    {
        string url = options.Url.AbsoluteUri;
        _http = new HttpClient(handler) { BaseAddress = new Uri(url.EndsWith('/') ? url : url + "/"), Timeout = options.Timeout };
        if (options.ApiKey is { } key)
            _http.DefaultRequestHeaders.Add("api-key", key);
        (_options, _time) = (options, time);
    }

    /// <summary>What changes nothing on the server, and so may be asked again.</summary>
    /// <returns>The field <c>result</c>; null when the server knows no such thing.</returns>
    /// <exception cref="CollectionException">The server cannot be reached or refuses.</exception>
    public async Task<JsonElement?> ReadAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        TimeSpan wait = _options.RepeatAfter;
        for (int repeat = 0; ; repeat++, wait *= 4)
        {
            try
            {
                return await SendAsync(method, path, body, cancellationToken);
            }
            catch (CollectionException failure) when (failure.InnerException is HttpRequestException && repeat < _options.Repeats)
            {
                await Task.Delay(wait, _time, cancellationToken);
            }
        }
    }

    /// <summary>What changes something is asked once: where no answer came it may have been done, and others may have changed it since.</summary>
    public Task<JsonElement?> WriteAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken) =>
        SendAsync(method, path, body, cancellationToken);

    public void Dispose() => _http.Dispose();

    async Task<JsonElement?> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
            using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotFound)
                return null;
            string content = await response.Content.ReadAsStringAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw Refused(response.StatusCode, content);
            using JsonDocument json = JsonDocument.Parse(content);
            return json.RootElement.GetProperty("result").Clone();
        }
        catch (HttpRequestException unreachable)
        {
            throw new CollectionException(CollectionFailure.Unavailable, "The Qdrant server cannot be reached.", unreachable);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CollectionException(
                CollectionFailure.Unavailable, $"The Qdrant server did not answer within {_options.Timeout.TotalSeconds:0.###} s.", late);
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new CollectionException(CollectionFailure.Unavailable, "What answers is no Qdrant server.", other);
        }
    }

    static CollectionException Refused(HttpStatusCode status, string content) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
            new(CollectionFailure.Unavailable, "The Qdrant server refuses this service's key."),
        HttpStatusCode.RequestEntityTooLarge =>
            new(CollectionFailure.Invalid, "These documents are more than the Qdrant server takes at once; send fewer."),
        HttpStatusCode.Conflict => new(CollectionFailure.Exists, $"The Qdrant server has it already: {Shown(content)}."),
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
            new(CollectionFailure.Unavailable, "The Qdrant server is overloaded.", new HttpRequestException(null, null, status)),
        _ => new(CollectionFailure.Unavailable, $"The Qdrant server answered {(int)status}: {Shown(content)}."),
    };

    /// <summary>Qdrant says <c>{"status": {"error": why}}</c>.</summary>
    static string Shown(string content)
    {
        string text = content;
        try
        {
            text = JsonNode.Parse(content)?["status"]?["error"]?.GetValue<string>() ?? content;
        }
        catch (Exception other) when (other is JsonException or InvalidOperationException)
        {
            // Something between it and us answered; its own words then.
        }
        return Excerpt.Of(text, MostShown).TrimEnd('.');
    }
}
