using System.Net.ServerSentEvents;
using System.Text.Json;
using Orchestrator.Client.Connection;
using Orchestrator.Client.Wire;

namespace Orchestrator.Client.Chat;

/// <summary>The events of a streamed answer. Comments, which keep the connection alive, are passed over.</summary>
sealed class AnswerEvents(ServiceReply reply) : IAsyncDisposable
{
    IAsyncEnumerator<SseItem<CompletionReply>>? _events;

    /// <summary>Whether some of the answer has reached the caller.</summary>
    public bool Emitted { get; set; }

    /// <returns>Null after the last.</returns>
    /// <exception cref="OrchestratorException">The stream broke off; it tells whether something had been emitted.</exception>
    /// <exception cref="OperationCanceledException">The caller wants no more.</exception>
    public async ValueTask<CompletionReply?> NextAsync()
    {
        try
        {
            _events ??= await BeginAsync().ConfigureAwait(false);
            // Events that have come already would be read without a look at it.
            reply.Token.ThrowIfCancellationRequested();
            if (!await _events.MoveNextAsync().ConfigureAwait(false)) throw reply.BrokenOff("the stream ended without [DONE].", Emitted);
        }
        catch (Exception failure)
        {
            if (reply.Explain(failure, Emitted) is { } explained) throw explained;
            throw;
        }

        var chunk = _events.Current.Data;
        if (chunk.Error is { } error) throw reply.BrokenOff(error.Message, Emitted, error.Code);
        return ReferenceEquals(chunk, CompletionReply.Done) ? null : chunk;
    }

    public ValueTask DisposeAsync() => _events?.DisposeAsync() ?? ValueTask.CompletedTask;

    async Task<IAsyncEnumerator<SseItem<CompletionReply>>> BeginAsync() => reply.MediaType == "text/event-stream"
        ? SseParser.Create(await reply.ReadStreamAsync().ConfigureAwait(false), static (_, data) => Read(data)).EnumerateAsync(reply.Token).GetAsyncEnumerator()
        : throw reply.Strange($"it streams no events but replies with '{reply.MediaType}'.");

    static CompletionReply Read(ReadOnlySpan<byte> data) => data.SequenceEqual("[DONE]"u8)
        ? CompletionReply.Done
        : JsonSerializer.Deserialize(data, ClientJson.Wire.CompletionReply) ?? throw new JsonException("an event is null.");
}
