using System.Text;
using System.Text.Json;
using Orchestrator.Host.Feedback;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.Pipeline;
using Orchestrator.Host.Tools;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.Api;

/// <summary><c>POST /v1/chat/completions</c>: JSON, or server-sent events with <c>stream: true</c>.</summary>
sealed class ChatCompletionsEndpoint(
    RequestPipeline pipeline, RequestBody body, ChatStream stream, RoutedRequests routed, RequestDeadlines deadlines, TimeProvider time)
{
    public Task HandleAsync(HttpContext context) => deadlines.RunAsync(context, async deadline =>
    {
        var request = await body.ReadChatAsync(context.Request, deadline.Token);
        if (request.Stream) await stream.SendAsync(context, request, deadline);
        else await ReplyAsync(context, request, deadline.Token);
    });

    async Task ReplyAsync(HttpContext context, ChatRequest request, CancellationToken cancellationToken)
    {
        await using var answer = await pipeline.AnswerAsync(request, context.TraceIdentifier, new Recruitment(), cancellationToken);
        RouteHeaders.Write(context.Response.Headers, answer);
        var text = new StringBuilder();
        var calls = new List<ToolCall>();
        FinishReason? finish = null;
        await foreach (var piece in answer.PiecesAsync())
        {
            text.Append(piece.Text);
            if (piece.Call is { } call) calls.Add(call);
            finish = piece.Finish;
        }

        var end = await answer.ConcludeAsync();
        var wire = CompletionWriter.For(request, answer.Expert, time);
        routed.Add(wire.Id, context.TraceIdentifier, request, answer, end);
        context.Response.ContentType = "application/json; charset=utf-8";
        var completion = wire.Whole(text.ToString(), finish, end.Usage, PanelReport.Of(end, pipeline.ParametersOf), calls);
        await JsonSerializer.SerializeAsync(context.Response.Body, completion, WireJson.Wire.ChatCompletion, cancellationToken);
    }
}
