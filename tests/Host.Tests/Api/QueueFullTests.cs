using System.Net;

namespace Orchestrator.Host.Tests.Api;

/// <summary>One sequence, one place in the queue, and more clients than that.</summary>
public sealed class QueueFullTests
{
    const string Yaml = """
        memory:
          budget: 64MiB
        scheduler:
          queue_per_expert: 1
        experts:
          - id: held
            file: model.gguf
            max_sequences: 1
        """;

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Post_QueueFull_Is429BeforeTheFirstByte(string stream)
    {
        await using var service = await FakeService.StartHoldingAsync("held", Yaml);
        using var running = await service.OpenAsync("held");
        var waiting = service.OpenAsync("held");
        await TinyService.UntilAsync(() => service.Now.Pool.Snapshot()[0].WaitingRequests == 1);

        var refused = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => service.Http.ChatAsync("held", "go", $"\"stream\":{stream}")));

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
        await using var service = await FakeService.StartHoldingAsync("held", Yaml);
        using var running = await service.OpenAsync("held");
        var interactive = service.OpenAsync("held");
        await TinyService.UntilAsync(() => service.Now.Pool.Snapshot()[0].WaitingRequests == 1);

        var flex = service.OpenAsync("held", "\"service_tier\":\"flex\"");

        await TinyService.UntilAsync(() => service.Now.Pool.Snapshot()[0].WaitingRequests == 2);
        running.Dispose();
        (await interactive).Dispose();
        (await flex).Dispose();
    }
}
