using Orchestrator.Host.Tests.Monitoring;

namespace Orchestrator.Host.Tests.Feedback;

/// <summary>What accepted verdicts do to the next requests, and what of it outlives a restart.</summary>
public sealed class FeedbackLearningTests
{
    [Fact]
    public async Task Post_FlawedAnswersToldByMany_TheNextRequestGoesElsewhere()
    {
        await using var service = await FeedbackService.StartAsync();
        Assert.Equal("a", await service.PrimaryAsync());

        await TeachAsync(service, clients: 30);

        Assert.Equal("b", await service.PrimaryAsync());
        Assert.Equal("a", await service.PrimaryAsync("best"));
    }

    [Fact]
    public async Task Post_OneClientOverAndOver_ChangesNobody()
    {
        await using var service = await FeedbackService.StartAsync();
        for (var request = 0; request < 20; request++)
            await LieAsync(service, await service.AskAsync("trio"), "liar");

        Assert.Equal("a", await service.PrimaryAsync());
        Assert.Contains("Feedback", (await service.PlanAsync()).GetProperty("reasons")[1].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_SameVerdictAgain_CountsOnce()
    {
        await using var service = await FeedbackService.StartAsync();
        var id = await service.AskAsync("trio");
        await LieAsync(service, id, "one");
        var once = await service.PlanAsync();

        await LieAsync(service, id, "one");

        Assert.Equal(once.GetProperty("ranked").GetRawText(), (await service.PlanAsync()).GetProperty("ranked").GetRawText());
    }

    [Fact]
    public async Task Restart_Verdicts_AreStillKnownButTheirRequestsAreNot()
    {
        await using var service = await FeedbackService.StartAsync();
        var id = await TeachAsync(service, clients: 30);
        await service.StopAsync();
        await File.AppendAllTextAsync(service.File, "{\"request\":\"torn");

        await service.RestartAsync();

        Assert.Equal("b", await service.PrimaryAsync());
        using var forgotten = await service.SayAsync($$"""{"request_id":"{{id}}","score":1}""");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, forgotten.StatusCode);
    }

    [Fact]
    public async Task Reload_Verdicts_StayLearned()
    {
        await using var service = await FeedbackService.StartAsync();
        await TeachAsync(service, clients: 30);
        var yaml = await File.ReadAllTextAsync(service.Now.ConfigPath);
        await File.WriteAllTextAsync(
            service.Now.ConfigPath, yaml.Replace("policies:\n", "policies:\n  fresh: { strategy: nearest }\n", StringComparison.Ordinal));

        using var reloaded = await service.Http.PostAsync("/reload", null);

        reloaded.EnsureSuccessStatusCode();
        Assert.Equal("b", await service.PrimaryAsync("fresh"));
        Assert.Equal("b", await service.PrimaryAsync());
    }

    [Fact]
    public async Task Metrics_Verdicts_AreCountedByResult()
    {
        await using var service = await FeedbackService.StartAsync("client_header: x-client, per_client: 2");
        var id = await service.AskAsync("trio");
        await LieAsync(service, id, "one");
        await LieAsync(service, id, "one");
        foreach (var body in (string[])[$$"""{"request_id":"{{id}}","score":1}""", """{"request_id":"no","score":1}""", "[]"])
            using (await service.SayAsync(body, "one"))
            {
            }

        var metrics = PrometheusText.Parse(await service.Http.GetStringAsync("/metrics"));

        foreach (var result in (string[])["accepted", "replaced", "limited", "unknown", "invalid"])
            Assert.Equal(1, metrics[$"orchestrator_feedback_total{{result=\"{result}\"}}"]);
        Assert.Equal(0, metrics["orchestrator_feedback_total{result=\"failed\"}"]);
    }

    /// <returns>The last request.</returns>
    static async Task<string> TeachAsync(FeedbackService service, int clients)
    {
        var id = await service.AskAsync("trio");
        for (var client = 0; client < clients; client++) await LieAsync(service, id, $"client {client}");
        return id;
    }

    /// <summary>The profiled are said to be wrong, and b to be right.</summary>
    static Task LieAsync(FeedbackService service, string id, string client) =>
        service.AcceptedAsync($$$"""{"request_id":"{{{id}}}","experts":{"a":0,"b":1,"c":0}}""", client);
}
