using System.Text.RegularExpressions;
using Orchestrator.Experts.Loading;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Monitoring;

public sealed partial class MetricsEndpointTests
{
    [Fact]
    public async Task Metrics_EveryFamily_FollowsTheNamingRules()
    {
        await using var service = await FakeService.StartAsync();
        using var asked = await service.Http.ChatAsync("maths", "1 + 1?");

        var metrics = await ReadAsync(service);

        Assert.All(metrics.Types, family =>
        {
            Assert.StartsWith("orchestrator_", family.Key);
            Assert.Equal(family.Value == "counter", family.Key.EndsWith("_total", StringComparison.Ordinal));
            Assert.True(family.Value != "histogram" || family.Key.EndsWith("_seconds", StringComparison.Ordinal), family.Key);
        });
    }

    [Fact]
    public async Task Metrics_AskedExpert_MovesItsCounters()
    {
        var loader = new FakeModelLoader { Activity = _ => new ModelActivity(1, Busy: false, PromptTokens: 5, GeneratedTokens: 7) };
        await using var service = await FakeService.StartAsync(loader);
        var before = await ReadAsync(service);
        for (var i = 0; i < 3; i++)
        {
            using var asked = await service.Http.ChatAsync("maths", "1 + 1?");
            Assert.Equal("maths", await asked.ReadAnswerAsync());
        }

        var after = await ReadAsync(service);

        Assert.Equal(0, before["orchestrator_expert_served_requests_total{expert=\"maths\"}"]);
        Assert.False(before.Has("orchestrator_expert_group_size{expert=\"maths\"}"));
        Assert.Equal(3, after["orchestrator_expert_served_requests_total{expert=\"maths\"}"]);
        Assert.Equal(1, after["orchestrator_expert_loads_total{expert=\"maths\"}"]);
        Assert.Equal(3, after["orchestrator_expert_group_size{expert=\"maths\"}"]);
        Assert.Equal(5, after["orchestrator_expert_prompt_tokens_total{expert=\"maths\"}"]);
        Assert.Equal(7, after["orchestrator_expert_generated_tokens_total{expert=\"maths\"}"]);
        Assert.Equal(100, after["orchestrator_expert_resident_bytes{expert=\"maths\"}"]);
        Assert.Equal(1, after["orchestrator_expert_state{expert=\"maths\",state=\"resident\"}"]);
        Assert.Equal(1, after["orchestrator_expert_state{expert=\"gone\",state=\"quarantined\"}"]);
        Assert.Equal(0, after["orchestrator_expert_served_requests_total{expert=\"words\"}"]);
        Assert.Equal(64 << 20, after["orchestrator_memory_budget_bytes{account=\"cpu\"}"]);
        Assert.Equal(100, after["orchestrator_memory_held_bytes{account=\"cpu\"}"]);
        Assert.Equal(1, after["orchestrator_healthy"]);
    }

    [Fact]
    public async Task Metrics_Requests_AreTimedByRouteAndStatus()
    {
        await using var service = await FakeService.StartAsync();
        using var asked = await service.Http.ChatAsync("maths", "1 + 1?");
        using var refused = await service.Http.ChatAsync("nobody", "1 + 1?");
        using var unknown = await service.Http.GetAsync("/v1/nothing/at/all");

        var metrics = await ReadAsync(service);

        Assert.Equal(1, metrics["orchestrator_request_duration_seconds_count{route=\"/v1/chat/completions\",status=\"200\"}"]);
        Assert.Equal(1, metrics["orchestrator_request_duration_seconds_count{route=\"/v1/chat/completions\",status=\"404\"}"]);
        Assert.Equal(1, metrics["orchestrator_request_duration_seconds_count{route=\"other\",status=\"404\"}"]);
        Assert.Equal(1, metrics["orchestrator_time_to_first_token_seconds_count{policy=\"direct\"}"]);
    }

    [Fact]
    public async Task OperationsGuide_Metrics_AreAllNamed()
    {
        var guide = File.ReadAllText(Path.Combine(Repository.Root, "docs/operations.md"));
        await using var service = await FakeService.StartAsync();
        using var asked = await service.Http.ChatAsync("maths", "1 + 1?");

        var metrics = await ReadAsync(service);

        Assert.Equal(metrics.Types.Keys.Order(), Name().Matches(guide).Select(match => match.Value).Distinct().Order());
    }

    static async Task<PrometheusText> ReadAsync(FakeService service)
    {
        using var response = await service.Http.GetAsync("/metrics");
        response.EnsureSuccessStatusCode();
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        return PrometheusText.Parse(await response.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("orchestrator_[a-z_]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
