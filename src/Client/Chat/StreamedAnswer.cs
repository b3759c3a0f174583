using Microsoft.Extensions.AI;
using Orchestrator.Client.Wire;

namespace Orchestrator.Client.Chat;

/// <summary>Turns the events of one stream into updates.</summary>
/// <param name="route">As far as the headers tell it.</param>
sealed class StreamedAnswer(RouteDetails route)
{
    readonly StreamedCalls _calls = new();
    RouteDetails _route = route;
    ChatResponseUpdate? _first;

    /// <summary>Whether any event was of an answer; one alone that says nothing is a short one.</summary>
    public bool IsAnswer { get; private set; }

    /// <returns>Null when the event holds nothing for the caller yet.</returns>
    public ChatResponseUpdate? Add(CompletionReply chunk)
    {
        var choice = chunk.Choices is [var only, ..] ? only : null;
        IsAnswer |= choice?.Delta is not null;
        var update = Update(chunk);
        if (choice?.Delta?.Content is { Length: > 0 } text) update.Contents.Add(new TextContent(text));
        foreach (var piece in choice?.Delta?.ToolCalls ?? []) _calls.Add(piece);
        update.FinishReason = AnswerReading.Finish(choice?.FinishReason);
        if (update.FinishReason is not null) AddCalls(update);
        if (AnswerReading.Usage(chunk.Usage) is { } usage) update.Contents.Add(new UsageContent(usage));
        return _first == update || update.Contents.Count > 0 || update.FinishReason is not null || update.AdditionalProperties is not null ? update : null;
    }

    /// <returns>Calls of a stream that gave no reason for its end; null when there are none.</returns>
    public ChatResponseUpdate? End()
    {
        if (!_calls.Any || _first is null) return null;
        var update = new ChatResponseUpdate(ChatRole.Assistant, [])
        {
            ResponseId = _first.ResponseId,
            MessageId = _first.MessageId,
            ModelId = _first.ModelId,
            CreatedAt = _first.CreatedAt,
        };
        AddCalls(update);
        return update;
    }

    ChatResponseUpdate Update(CompletionReply chunk)
    {
        var update = new ChatResponseUpdate(ChatRole.Assistant, [])
        {
            ResponseId = chunk.Id,
            MessageId = chunk.Id,
            ModelId = chunk.Model ?? _route.Expert,
            CreatedAt = AnswerReading.At(chunk.Created),
        };
        if (_first is null || chunk.Orchestrator is not null)
        {
            // Headers that had to go out before the answer tell who was planned; events tell who it was.
            _route = _route with { Expert = update.ModelId, Panel = chunk.Orchestrator };
            update.AdditionalProperties = new() { [RouteDetails.Key] = _route };
        }

        _first ??= update;
        return update;
    }

    void AddCalls(ChatResponseUpdate update)
    {
        foreach (var call in _calls.Take()) update.Contents.Add(call);
    }
}
