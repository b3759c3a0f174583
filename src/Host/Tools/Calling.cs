using Orchestrator.Host.OpenAi;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.Tools;

/// <summary>A request's use of tools in the format of those who answer it.</summary>
sealed class Calling(CallFormat format, ToolUse use)
{
    /// <summary>The request as experts understand it, which know turns of plain text.</summary>
    public ChatRequest Write(ChatRequest request) => request with
    {
        Generation = request.Generation with
        {
            Messages = format.Write(request.Generation.Messages, use),
            Grammar = use.Forced.Count > 0 ? format.Grammar(use.Forced) : request.Generation.Grammar,
        },
    };

    /// <summary>
    /// The answer's text and calls. Where nothing may be called, all of it is text. What is left of a forced call that was cut off is
    /// neither: it would look like an answer, and why it ended tells the rest.
    /// </summary>
    public async IAsyncEnumerable<AnswerPiece> ReadAsync(IAsyncEnumerable<GenerationChunk> chunks)
    {
        var reader = use.Offered.Count > 0 ? format.Reader() : null;
        var calls = 0;
        await foreach (var chunk in chunks)
        {
            var written = reader?.Read(chunk.Text) ?? [new WrittenPiece(chunk.Text)];
            if (chunk.Finish is not null && reader is not null)
                written = [.. written, .. reader.End().Where(piece => piece.Call is not null || use.Forced.Count == 0)];
            foreach (var (text, call) in written)
                if (call is null) yield return new AnswerPiece(text);
                else if (calls++ == 0 || use.Several) yield return new AnswerPiece("", new ToolCall(NewId(), call.Value.Name, call.Value.Arguments));
            if (chunk.Finish is { } finish) yield return new AnswerPiece("", Finish: finish);
        }
    }

    static string NewId() => $"call_{Guid.NewGuid():N}";
}
