using System.Net;

namespace Orchestrator.Host.Tests.Api;

/// <summary>One sequence, one place in the queue, and more clients than that.</summary>
public sealed class QueueFullTests
{
    const string Yaml = """
        engine:
          threads: 1
        scheduler:
          queue_per_expert: 1
        experts:
          - id: endless
            file: endless.gguf
            max_sequences: 1
        """;

    [Fact]
    public async Task Stream_QueueFull_Is429BeforeTheFirstByte()
    {
        await using var service = await TinyService.StartAsync(Yaml);
        using var running = await service.OpenAsync("endless");
        var waiting = service.OpenAsync("endless");
        await TinyService.UntilAsync(() => service.Now.Pool.Snapshot()[0].WaitingRequests == 1);

        var refused = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => service.OpenAsync("endless")));

        foreach (var response in refused)
        {
            var error = await response.ReadErrorAsync(HttpStatusCode.TooManyRequests);
            Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
            Assert.True(response.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
            Assert.Equal("rate_limit_error", error.GetProperty("type").GetString());
            Assert.Equal("queue_full", error.GetProperty("code").GetString());
        }

        running.Dispose();
        using var served = await waiting;
        served.EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Stream_Flex_WaitsInTheQueueOfBatchWork()
    {
        await using var service = await TinyService.StartAsync(Yaml);
        using var running = await service.OpenAsync("endless");
        var interactive = service.OpenAsync("endless");
        await TinyService.UntilAsync(() => service.Now.Pool.Snapshot()[0].WaitingRequests == 1);

        var flex = service.OpenAsync("endless", "\"service_tier\":\"flex\"");

        await TinyService.UntilAsync(() => service.Now.Pool.Snapshot()[0].WaitingRequests == 2);
        running.Dispose();
        (await interactive).Dispose();
        (await flex).Dispose();
    }
}
