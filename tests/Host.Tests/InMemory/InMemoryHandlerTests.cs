using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Orchestrator.Host.Tests.InMemory;

public sealed class InMemoryHandlerTests
{
    readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Send_Request_ReachesThePipelineWhole()
    {
        using var service = new OnePipeline(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            context.Response.ContentType = "text/plain; charset=utf-8";
            context.Response.Headers["x-echo"] = context.Request.Headers["x-sent"];
            var request = context.Request;
            await context.Response.WriteAsync(
                $"{request.Method} {request.Scheme} {request.Host} {request.Path} {request.QueryString} {request.ContentType} {request.ContentLength} {await reader.ReadToEndAsync()}");
        });
        using var request = new HttpRequestMessage(HttpMethod.Put, "/a%20b/c?d=e%20f")
        {
            Content = new StringContent("body", Encoding.UTF8, "text/html"),
            Headers = { { "x-sent", ["one", "two"] } },
        };

        using var response = await service.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("PUT http in-process /a%20b/c ?d=e%20f text/html; charset=utf-8 4 body", await response.Content.ReadAsStringAsync());
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("one, two", response.Headers.GetValues("x-echo").Single());
        Assert.Same(request, response.RequestMessage);
    }

    [Fact]
    public async Task Send_PipelineWritesNothing_HasStatusAndHeaders()
    {
        using var service = new OnePipeline(context =>
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            context.Response.OnStarting(() =>
            {
                context.Response.Headers["x-late"] = "yes";
                return Task.CompletedTask;
            });
            return Task.CompletedTask;
        });

        using var response = await service.OpenAsync();

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("yes", response.Headers.GetValues("x-late").Single());
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Read_PipelineStillWrites_GetsWhatThereIs()
    {
        using var service = new OnePipeline(async context =>
        {
            await context.Response.Body.WriteAsync("first"u8.ToArray());
            await _goOn.Task;
            await context.Response.Body.WriteAsync("second"u8.ToArray());
        });

        using var response = await service.OpenAsync();
        var body = await response.Content.ReadAsStreamAsync();
        Assert.Equal("first", await ReadAsync(body));
        _goOn.SetResult();
        Assert.Equal("second", await ReadAsync(body));
        Assert.Equal("", await ReadAsync(body));
    }

    [Fact]
    public async Task Headers_AfterTheFirstByte_CannotBeChanged()
    {
        using var service = new OnePipeline(async context =>
        {
            await context.Response.StartAsync();
            Assert.True(context.Response.HasStarted);
            Assert.Throws<InvalidOperationException>(() => context.Response.Headers["x-late"] = "no");
            Assert.Throws<InvalidOperationException>(() => context.Response.OnStarting(() => Task.CompletedTask));
            await context.Response.WriteAsync("fine");
        });

        Assert.Equal("fine", await service.Http.GetStringAsync(new Uri("/", UriKind.Relative)));
    }

    [Fact]
    public async Task Write_CallerIsBehind_WaitsForIt()
    {
        const int Piece = 16 * 1024;
        const int Pieces = 1024;
        const int MostUnread = 4 << 20;
        var written = 0;
        using var service = new OnePipeline(async context =>
        {
            for (; written < Pieces; written++) await context.Response.Body.WriteAsync(new byte[Piece]);
        });

        using var response = await service.OpenAsync();
        var body = await response.Content.ReadAsStreamAsync();
        Assert.True(written * Piece <= MostUnread, $"{written} pieces were taken");
        using var all = new MemoryStream();
        await body.CopyToAsync(all);

        Assert.Equal(Pieces * Piece, all.Length);
    }

    [Fact]
    public async Task Write_CallerPausesWithinWhatAConnectionHolds_IsNotHeldUp()
    {
        using var service = new OnePipeline(async context =>
        {
            await context.Response.Body.WriteAsync(new byte[2 << 20]);
            _goOn.SetResult();
        });

        using var response = await service.OpenAsync();
        await _goOn.Task;

        Assert.Equal(2 << 20, (await response.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task Read_PipelineGaveTheCallerUp_SaysWhy()
    {
        using var service = new OnePipeline(async context =>
        {
            await context.Response.WriteAsync("a");
            context.Abort();
        });
        using var response = await service.OpenAsync();

        var broken = await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsStringAsync());

        Assert.Contains("nothing is read for 30 s", broken.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_BeforeTheEnd_AbortsTheRequest()
    {
        using var service = new OnePipeline(WriteUntilAbortedAsync);
        var response = await service.OpenAsync();

        response.Dispose();

        await _aborted.Task;
    }

    [Fact]
    public async Task Send_CancelledBeforeTheFirstByte_AbortsTheRequest()
    {
        using var leaving = new CancellationTokenSource();
        using var service = new OnePipeline(async context =>
        {
            _goOn.SetResult();
            await WaitUntilAbortedAsync(context);
        });
        var sending = service.OpenAsync(leaving.Token);
        await _goOn.Task;

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await _aborted.Task;
    }

    [Fact]
    public async Task Read_Cancelled_AbortsTheRequest()
    {
        using var leaving = new CancellationTokenSource();
        using var service = new OnePipeline(async context =>
        {
            await context.Response.WriteAsync("a");
            await WaitUntilAbortedAsync(context);
        });
        using var response = await service.OpenAsync();
        var body = await response.Content.ReadAsStreamAsync();
        Assert.Equal("a", await ReadAsync(body));
        var reading = body.ReadAsync(new byte[1], leaving.Token).AsTask();

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        await _aborted.Task;
    }

    [Fact]
    public async Task Read_PipelineFailsInTheMiddle_GetsTheRestAndThenTheFailure()
    {
        using var service = new OnePipeline(async context =>
        {
            await context.Response.WriteAsync("begun");
            throw new InvalidDataException("the engine is gone");
        });

        using var response = await service.OpenAsync();
        var body = await response.Content.ReadAsStreamAsync();
        Assert.Equal("begun", await ReadAsync(body));
        var broken = await Assert.ThrowsAsync<IOException>(() => ReadAsync(body));

        Assert.Contains("the engine is gone", broken.Message, StringComparison.Ordinal);
        Assert.IsType<InvalidDataException>(broken.InnerException);
    }

    [Fact]
    public async Task Read_PipelineAbortsAndHangs_Ends()
    {
        using var service = new OnePipeline(async context =>
        {
            await context.Response.WriteAsync("begun");
            await _goOn.Task;
            context.Abort();
            await WaitUntilAbortedAsync(context);
            await new TaskCompletionSource().Task;
        });

        using var response = await service.OpenAsync();
        var body = await response.Content.ReadAsStreamAsync();
        Assert.Equal("begun", await ReadAsync(body));
        var reading = ReadAsync(body);
        _goOn.SetResult();

        await Assert.ThrowsAsync<IOException>(() => reading);
    }

    [Fact]
    public async Task Send_PipelineFailsBeforeItReplies_IsAFailedRequest()
    {
        using var service = new OnePipeline(_ => throw new InvalidDataException("nothing there"));

        var failed = await Assert.ThrowsAsync<HttpRequestException>(() => service.OpenAsync());

        Assert.Contains("nothing there", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_ServicesOfTheRequest_AreClosedWithIt()
    {
        OnePipeline.Closed? closed = null;
        using var service = new OnePipeline(context =>
        {
            closed = context.RequestServices.GetRequiredService<OnePipeline.Closed>();
            Assert.NotEmpty(context.TraceIdentifier);
            Assert.Null(context.Connection.RemoteIpAddress);
            return context.Response.WriteAsync(closed.Done.Task.IsCompleted ? "closed" : "open");
        });

        Assert.Equal("open", await service.Http.GetStringAsync(new Uri("/", UriKind.Relative)));
        await closed!.Done.Task;
    }

    async Task WriteUntilAbortedAsync(HttpContext context)
    {
        // More than any buffer holds: the last write waits, and must come back too.
        while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(new byte[1024]);
        _aborted.SetResult();
    }

    async Task WaitUntilAbortedAsync(HttpContext context)
    {
        await using var aborted = context.RequestAborted.Register(_aborted.SetResult);
        await _aborted.Task;
    }

    static async Task<string> ReadAsync(Stream body)
    {
        var bytes = new byte[1024];
        return Encoding.UTF8.GetString(bytes, 0, await body.ReadAsync(bytes));
    }
}
