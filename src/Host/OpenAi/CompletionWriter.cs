using System.Text.Json;
using Orchestrator.Host.Tools;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.OpenAi;

/// <summary>Shapes one answer for the wire, whole or as events.</summary>
sealed class CompletionWriter(string id, long created, string model, bool includeUsage)
{
    /// <summary>OpenAI's mark of the backend; llama.cpp's version is what makes answers differ here.</summary>
    const string Fingerprint = "orchestrator-llama.cpp";

    /// <summary>Of the completion, in all its events.</summary>
    public string Id => id;

    /// <param name="expert">Who answers, told as <c>model</c>.</param>
    public static CompletionWriter For(ChatRequest request, string expert, TimeProvider time) =>
        new($"chatcmpl-{Guid.NewGuid():N}", time.GetUtcNow().ToUnixTimeSeconds(), expert, request.IncludeUsage);

    /// <param name="usage">Of all calls that the answer took.</param>
    public ChatCompletion Whole(
        string text, FinishReason? finish, TokenUsage usage, PanelReport? report = null, params IReadOnlyList<ToolCall> calls)
    {
        var choice = new ChatChoice(Answer(text, calls), (finish ?? FinishReason.Stop).Name(calls.Count > 0));
        return new ChatCompletion(id, created, model, Fingerprint, [choice], TokenCounts.Of(usage)) { Orchestrator = report };
    }

    /// <summary>What follows an answer's events once all of it is known: the report, and last the usage when asked for.</summary>
    public IEnumerable<byte[]> Closing(TokenUsage usage, PanelReport? report)
    {
        if (report is not null)
            yield return JsonSerializer.SerializeToUtf8Bytes(
                new ChatChunk(id, created, model, Fingerprint, []) { Orchestrator = report }, WireJson.Wire.ChatChunk);
        if (includeUsage)
            yield return JsonSerializer.SerializeToUtf8Bytes(
                new CountedChatChunk(id, created, model, Fingerprint, [], TokenCounts.Of(usage)), WireJson.Wire.CountedChatChunk);
    }

    /// <summary>Role delta, deltas of text and calls, and finish reason; each as UTF-8 JSON.</summary>
    public async IAsyncEnumerable<byte[]> Events(IAsyncEnumerable<AnswerPiece> pieces)
    {
        yield return Chunk(new ChunkDelta("assistant", ""));
        var calls = 0;
        await foreach (var piece in pieces)
        {
            if (piece.Text.Length > 0) yield return Chunk(new ChunkDelta(null, piece.Text));
            if (piece.Call is { } call) yield return Chunk(new ChunkDelta(null, null) { ToolCalls = [WireToolCall.Of(call, calls++)] });
            if (piece.Finish is { } finish) yield return Chunk(new ChunkDelta(null, null), finish.Name(calls > 0));
        }
    }

    static ChatAnswer Answer(string text, IReadOnlyList<ToolCall> calls) => calls.Count == 0
        ? new ChatAnswer(text)
        : new ChatAnswer(text.Length > 0 ? text : null) { ToolCalls = [.. calls.Select(call => WireToolCall.Of(call))] };

    byte[] Chunk(ChunkDelta delta, string? finish = null)
    {
        IReadOnlyList<ChunkChoice> choices = [new ChunkChoice(delta, finish)];
        return includeUsage
            ? JsonSerializer.SerializeToUtf8Bytes(
                new CountedChatChunk(id, created, model, Fingerprint, choices, Usage: null), WireJson.Wire.CountedChatChunk)
            : JsonSerializer.SerializeToUtf8Bytes(
                new ChatChunk(id, created, model, Fingerprint, choices), WireJson.Wire.ChatChunk);
    }
}
