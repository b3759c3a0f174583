using System.Net;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Api;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.TestKit.Experts;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Host.Tests.Api;

/// <summary>One sequence, held by a long stream, and a second stream that waits for it.</summary>
public sealed class KeepAliveTests
{
    const string Server = "server: { keep_alive: 100ms, watch_config: false }\nmemory: { budget: 64MiB }\nexperts:\n";
    const string Held = "  - { id: held, file: model.gguf, max_sequences: 1 }\n";
    const string Free = "  - { id: free, file: twin.gguf }\n";

    [Fact]
    public async Task Stream_Waiting_IsToldWhyAndThenAnswered()
    {
        await using var service = await FakeService.StartHoldingAsync("held", Server + Held);
        using var running = await service.OpenAsync("held");
        using var waiting = await service.OpenAsync("held");
        using var reader = new StreamReader(await waiting.Content.ReadAsStreamAsync());

        Assert.Equal("text/event-stream", waiting.Content.Headers.ContentType!.MediaType);
        Assert.Equal("held", waiting.Headers.GetValues("x-orchestrator-expert").Single());
        Assert.False(waiting.Headers.Contains("x-orchestrator-wait-ms"));
        for (var comment = 0; comment < 3; comment++)
        {
            Assert.Equal(": queued for held, 1 wait", await reader.ReadLineAsync());
            Assert.Equal("", await reader.ReadLineAsync());
        }

        running.Dispose();
        var events = (await reader.ReadToEndAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith(':')).Select(line => line["data: ".Length..]).ToArray();
        Assert.Equal("held", ChatCalls.TextOf(events));
        Assert.Equal("[DONE]", events[^1]);
    }

    [Fact]
    public async Task Stream_RestOfThePanelTakesLong_IsToldMeanwhile()
    {
        const string Both = "policies: { both: { strategy: nearest, panel: 2 } }\n";
        await using var service = await FakeService.StartHoldingAsync("held", Both + Server + Held + Free);
        using var stream = await service.OpenAsync("both");
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());

        Assert.Equal("free", stream.Headers.GetValues("x-orchestrator-expert").Single());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        string? line;
        do line = await reader.ReadLineAsync(patience.Token);
        while (line is not null && !line.StartsWith(':'));
        Assert.Equal(": waiting for the rest of the panel", line);
    }

    [Fact]
    public async Task Stream_NextPieceTakesLong_IsToldMeanwhile()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var service = await FakeService.StartOnAsync(Server + Held, new FakeModelLoader { Generation = (_, _, _, _) => SayAsync(goOn.Task) });
        using var stream = await service.OpenAsync("held");
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());

        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        string? line;
        do line = await reader.ReadLineAsync(patience.Token);
        while (line is not null && !line.StartsWith(':'));
        goOn.SetResult();
        var rest = await reader.ReadToEndAsync(patience.Token);

        Assert.Equal(": the answer is being written", line);
        Assert.Contains("late", rest, StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_ClientGoneWhileNoPieceComes_FreesTheSequence()
    {
        await using var service = await FakeService.StartHoldingAsync("held", Server + Held);
        var stream = await service.OpenAsync("held");
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
        string? line;
        do line = await reader.ReadLineAsync();
        while (line is not null && !line.StartsWith(':'));

        stream.Dispose();

        await TinyService.UntilAsync(() => service.Now.Pool.Snapshot()[0].ActiveRequests == 0);
    }

    [Fact]
    public async Task Stream_ExpertRemovedWhileWaiting_EndsWithAnErrorEvent()
    {
        await using var service = await FakeService.StartHoldingAsync("held", Server + Held + Free);
        using var running = await service.OpenAsync("held");
        using var waiting = await service.OpenAsync("held");

        await File.WriteAllTextAsync(service.ConfigPath, Server + Free);
        using var reload = await service.Http.PostAsync("/reload", null);
        reload.EnsureSuccessStatusCode();

        var text = await waiting.Content.ReadAsStringAsync();
        Assert.StartsWith(": queued", text);
        Assert.Contains("data: {\"error\":", text);
        Assert.Contains("model_not_found", text);
        Assert.DoesNotContain("[DONE]", text);
    }

    [Fact]
    public async Task Stream_ClientGoneWhileWaiting_LeavesTheQueue()
    {
        await using var service = await FakeService.StartHoldingAsync("held", Server + Held);
        using var running = await service.OpenAsync("held");
        var waiting = await service.OpenAsync("held");
        Assert.Equal(1, service.Now.Pool.Snapshot()[0].WaitingRequests);

        waiting.Dispose();

        await TinyService.UntilAsync(() => service.Now.Pool.Snapshot()[0].WaitingRequests == 0);
    }

    [Fact]
    public async Task Stream_UnknownModel_IsStillAPlainError()
    {
        await using var service = await FakeService.StartHoldingAsync("held", Server + Free);
        using var response = await service.OpenAsync("nobody");

        await response.ReadErrorAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task WaitAsync_TaskThatTakesThreePeriods_TellsAtEachAndReturns()
    {
        var time = new ManualTime();
        var told = new List<DateTimeOffset>();
        var began = time.GetUtcNow();
        var task = new TaskCompletionSource();
        var waiting = new KeepAlive(new ServerConfig { KeepAlive = TimeSpan.FromSeconds(5) }, time).WaitAsync(task.Task, () =>
        {
            told.Add(time.GetUtcNow());
            return Task.CompletedTask;
        });

        for (var period = 0; period < 3; period++)
        {
            await time.NextTimerAsync();
            time.Advance(TimeSpan.FromSeconds(5));
        }

        await time.NextTimerAsync();
        task.SetResult();
        await waiting;
        Assert.Equal([5, 10, 15], told.Select(moment => (moment - began).TotalSeconds));
    }

    static async IAsyncEnumerable<GenerationChunk> SayAsync(Task goOn)
    {
        yield return new GenerationChunk("early, ");
        await goOn;
        yield return new GenerationChunk("late");
        yield return new GenerationChunk("", FinishReason.Stop, new TokenUsage(1, 2));
    }
}
