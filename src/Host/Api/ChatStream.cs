using System.Text.Json;
using Orchestrator.Host.Errors;
using Orchestrator.Host.Feedback;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.Pipeline;
using Orchestrator.Host.Tools;

namespace Orchestrator.Host.Api;

/// <summary>An answer as server-sent events. They begin with its first chunk, or with a comment when that takes long.</summary>
sealed class ChatStream(
    RequestPipeline pipeline, KeepAlive keepAlive, RoutedRequests routed, TimeProvider time, ILogger<ChatStream> logger)
{
    public async Task SendAsync(HttpContext context, ChatRequest request, RequestDeadline deadline)
    {
        var events = new EventStream(context.Response, time);
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token);
            await using var answer = await AwaitAnswerAsync(context, request, events, stop);
            if (!events.Begun)
            {
                RouteHeaders.Write(context.Response.Headers, answer);
                events.Begin();
            }

            var wire = CompletionWriter.For(request, answer.Expert, time);
            await foreach (var json in wire.Events(PiecesAsync(answer, events, stop)))
                await events.SendAsync(json, deadline.Token);
            var ending = answer.ConcludeAsync();
            await keepAlive.WaitAsync(ending, () => events.CommentAsync("waiting for the rest of the panel", deadline.Token));
            var end = await ending;
            routed.Add(wire.Id, context.TraceIdentifier, request, answer, end);
            foreach (var json in wire.Closing(end.Usage, PanelReport.Of(end, pipeline.ParametersOf)))
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

    /// <summary>The answer's pieces. While none comes, as while a call is written that is told only when it is whole, the client is told so.</summary>
    async IAsyncEnumerable<AnswerPiece> PiecesAsync(RoutedAnswer answer, EventStream events, CancellationTokenSource stop)
    {
        await using var pieces = answer.PiecesAsync().GetAsyncEnumerator();
        while (true)
        {
            var next = pieces.MoveNextAsync().AsTask();
            try
            {
                await keepAlive.WaitAsync(next, () => events.CommentAsync("the answer is being written", stop.Token));
            }
            catch
            {
                // Nobody reads it any more, and what still runs cannot be disposed of.
                await stop.CancelAsync();
                await Task.WhenAny(next);
                throw;
            }

            if (!await next) yield break;
            yield return pieces.Current;
        }
    }

    async Task<RoutedAnswer> AwaitAnswerAsync(
        HttpContext context, ChatRequest request, EventStream events, CancellationTokenSource stop)
    {
        var recruitment = new Recruitment();
        var answering = pipeline.AnswerAsync(request, context.TraceIdentifier, recruitment, stop.Token);
        try
        {
            await keepAlive.WaitAsync(answering, TellAsync);
        }
        catch
        {
            // Nobody reads it any more: it must still be ended, or its sequence stays taken.
            await stop.CancelAsync();
            await answering.ContinueWith(EndAsync, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Unwrap();
            throw;
        }

        return await answering;

        async Task TellAsync()
        {
            if (recruitment.Describe() is not { } words) return;
            if (!events.Begun)
            {
                if (recruitment.Plan is { } plan) RouteHeaders.Write(context.Response.Headers, plan);
                else RouteHeaders.Write(context.Response.Headers, request.Model);
                events.Begin();
            }

            await events.CommentAsync(words, stop.Token);
        }

        static Task EndAsync(Task<RoutedAnswer> ended) =>
            ended.IsCompletedSuccessfully ? ended.Result.DisposeAsync().AsTask() : Task.CompletedTask;
    }
}
