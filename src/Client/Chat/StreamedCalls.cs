using System.Text;
using Microsoft.Extensions.AI;
using Orchestrator.Client.Wire;

namespace Orchestrator.Client.Chat;

/// <summary>Puts together the tool calls of a stream, whose arguments come in pieces: half a call helps nobody.</summary>
sealed class StreamedCalls
{
    readonly SortedDictionary<int, (string Id, string Name, StringBuilder Arguments)> _calls = [];

    public bool Any => _calls.Count > 0;

    public void Add(CompletionToolCall piece)
    {
        var index = piece.Index ?? Math.Max(0, _calls.Count - (piece.Id is null ? 1 : 0));
        if (!_calls.TryGetValue(index, out var call)) call = ("", "", new StringBuilder());
        call.Arguments.Append(piece.Function?.Arguments);
        _calls[index] = (piece.Id ?? call.Id, piece.Function?.Name ?? call.Name, call.Arguments);
    }

    /// <summary>The calls in their order; it begins anew with none.</summary>
    public IEnumerable<FunctionCallContent> Take()
    {
        FunctionCallContent[] calls = [.. _calls.Values.Select(call => ToolValues.Call(call.Id, call.Name, call.Arguments.ToString()))];
        _calls.Clear();
        return calls;
    }
}
