using System.Text;
using System.Text.Json;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Errors;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.Pipeline;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.Api;

/// <summary><c>POST /v1/chat/completions</c>: JSON, or server-sent events with <c>stream: true</c>.</summary>
sealed class ChatCompletionsEndpoint(
    RequestPipeline pipeline, RequestBody body, ServerConfig server, TimeProvider time, ILogger<ChatCompletionsEndpoint> logger)
{
    public async Task HandleAsync(HttpContext context)
    {
        using var deadline = new RequestDeadline(server.RequestTimeout, time, context.RequestAborted);
        try
        {
            var allowVariant = VariantHeader.Allows(context.Request.Headers);
            var request = ChatRequestReader.Read(await body.ReadJsonAsync(context.Request, deadline.Token)) with { AllowVariant = allowVariant };
            await using var answer = await pipeline.AnswerAsync(request, context.TraceIdentifier, deadline.Token);
            RouteHeaders.Write(context.Response.Headers, answer);
            var wire = new CompletionWriter(
                $"chatcmpl-{Guid.NewGuid():N}", time.GetUtcNow().ToUnixTimeSeconds(), answer.Expert, request.IncludeUsage);
            if (request.Stream) await StreamAsync(context, answer, wire, deadline);
            else await ReplyAsync(context.Response, answer, wire, deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            throw new ApiException(deadline.Error);
        }
    }

    static async Task ReplyAsync(
        HttpResponse response, RoutedAnswer answer, CompletionWriter wire, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var last = default(GenerationChunk);
        await foreach (var chunk in answer.ReadAsync())
        {
            text.Append(chunk.Text);
            last = chunk;
        }

        response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(
            response.Body, wire.Whole(text.ToString(), last), WireJson.Wire.ChatCompletion, cancellationToken);
    }

    async Task StreamAsync(HttpContext context, RoutedAnswer answer, CompletionWriter wire, RequestDeadline deadline)
    {
        var events = new EventStream(context.Response);
        events.Begin();
        try
        {
            await foreach (var json in wire.Events(answer.ReadAsync()))
                await events.SendAsync(json, deadline.Token);
            await events.EndAsync(deadline.Token);
        }
        catch (Exception exception) when (context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            // The status line is gone; an error event is all that can still be said. No [DONE] follows it.
            Log.StreamBroken(logger, exception, context.TraceIdentifier);
            var error = deadline.Expired ? deadline.Error : FailureMap.Find(exception) ?? ApiError.Internal(context.TraceIdentifier);
            var json = JsonSerializer.SerializeToUtf8Bytes(new ErrorEnvelope(error), WireJson.Wire.ErrorEnvelope);
            await events.SendAsync(json, CancellationToken.None);
        }
    }
}
