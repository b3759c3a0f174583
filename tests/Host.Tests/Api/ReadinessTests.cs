using System.Net;
using System.Text.Json;
using Orchestrator.Experts.Loading;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Api;

public sealed class ReadinessTests
{
    [Fact]
    public async Task Ready_ModelThatStandsStill_IsUnavailableUntilItMoves()
    {
        var loader = new FakeModelLoader { Activity = _ => new ModelActivity(1, Busy: true, 0, 0) };
        await using var service = await FakeService.StartAsync(loader, scheduler: "stall_timeout: 200ms");
        using var loaded = await service.Http.PostAsync("/models/load", ChatCalls.Json("""{"model":"maths"}"""));

        var stalled = await WaitAsync(service, HttpStatusCode.ServiceUnavailable);
        using var metrics = await service.Http.GetAsync("/metrics");
        loader.Activity = _ => default;
        var ready = await WaitAsync(service, HttpStatusCode.OK);

        Assert.Equal("stalled", stalled.GetProperty("status").GetString());
        Assert.Contains("'maths' has made no progress", stalled.GetProperty("reason").GetString());
        Assert.Contains("\norchestrator_healthy 0\n", await metrics.Content.ReadAsStringAsync());
        Assert.Equal("ready", ready.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Ready_EveryExpertLargerThanTheBudget_IsUnavailable()
    {
        const string Plain = "server: { watch_config: false }\nmemory: { budget: 64MiB }\nexperts:\n  - { id: a, file: model.gguf }\n";
        await using var service = await FakeService.StartOnAsync(Plain, new FakeModelLoader());

        await File.WriteAllTextAsync(service.ConfigPath, Plain.Replace("64MiB", "1MiB").Replace("gguf }", "gguf, max_sequences: 256 }"));
        using var reload = await service.Http.PostAsync("/reload", null);
        reload.EnsureSuccessStatusCode();
        using var response = await service.Http.GetAsync("/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("unavailable", (await response.ReadJsonAsync()).GetProperty("status").GetString());
    }

    static async Task<JsonElement> WaitAsync(FakeService service, HttpStatusCode status)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            using var response = await service.Http.GetAsync("/ready", patience.Token);
            if (response.StatusCode == status) return await response.ReadJsonAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
        }
    }
}
