using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Orchestrator.Client.Connection;

/// <summary>A reply whose headers have come. Closing it before its end closes the connection, which tells the service to stop.</summary>
sealed class ServiceReply(HttpResponseMessage message, ReplyLimit limit, OrchestratorClientOptions options, string path) : IDisposable
{
    string Another => $"not the JSON that {path} replies with";

    public HttpResponseHeaders Headers => message.Headers;

    public string? MediaType => message.Content.Headers.ContentType?.MediaType;

    /// <summary>Until when it is read.</summary>
    public CancellationToken Token => limit.Token;

    /// <exception cref="OrchestratorException">It broke off, came too late, or is something else.</exception>
    public async Task<T> ReadAsync<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return await message.Content.ReadFromJsonAsync(type, limit.Token).ConfigureAwait(false) ?? throw Strange("it is null.");
        }
        catch (Exception failure)
        {
            if (Explain(failure, emitted: false) is { } explained) throw explained;
            throw;
        }
    }

    public Task<Stream> ReadStreamAsync() => message.Content.ReadAsStreamAsync(limit.Token);

    /// <summary>What to throw for something that happened while it was read; null for what is not its fault.</summary>
    public Exception? Explain(Exception failure, bool emitted) => failure switch
    {
        // What it began as, it is: something on the way damaged it.
        JsonException when emitted => BrokenOff($"a part of it is {Another}.", emitted, inner: failure),
        JsonException => Strange($"it is {(MediaType is null or "application/json" or "text/event-stream" ? Another : $"'{MediaType}'")}.", failure),
        _ => FailureWords.Of(failure, options, path, limit, begun: true, emitted),
    };

    public OrchestratorException Strange(string why, Exception? inner = null) => FailureWords.Strange(options, why, inner);

    /// <param name="code">The service's word, where it is the one that says so.</param>
    public OrchestratorException BrokenOff(string why, bool emitted, string? code = null, Exception? inner = null) =>
        new($"{options.Endpoint} broke off its answer: {Sentence.Of(why)} {FailureWords.Rest(emitted)}", code: code ?? FailureCode.BrokenOff, inner: inner)
        {
            Emitted = emitted,
        };

    public void Dispose()
    {
        message.Dispose();
        limit.Dispose();
    }
}
