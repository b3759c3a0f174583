using System.Globalization;
using Orchestrator.Host.Tests.Monitoring;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Coverage;

/// <summary>A service that was profiled on sums and reversals: <c>a</c> adds, <c>b</c> reverses, <c>wide</c> does a bit of both.</summary>
public sealed class CoverageTests
{
    const string Sum = "What is 34 + 71?";
    const string Foreign =
        "def merge(a, b):\n    \"\"\"Merge two sorted lists.\"\"\"\n    while a and b:\n        yield (a if a[0] < b[0] else b).pop(0)\n";

    const string Yaml = """
        memory: { budget: 64MiB }
        router: { outcomes: outcomes.jsonl }
        policies:
          plain: { strategy: nearest }
          careful: { strategy: nearest, abstain: generalist, generalist: wide }
          many: { strategy: nearest, abstain: panel, abstain_panel: 3, aggregator: vote }
          best: { strategy: best-single }
        experts:
          - { id: a, file: model.gguf }
          - { id: b, file: twin.gguf }
          - { id: wide, file: model.gguf }
        """;

    [Fact]
    public async Task Post_KnownQuestion_IsCoveredAndHasAConfidence()
    {
        await using var service = await StartAsync();

        using var response = await service.Http.ChatAsync("careful", Sum);

        Assert.Equal("a", Header(response, "expert"));
        Assert.Equal("covered", Header(response, "coverage"));
        Assert.NotNull(Header(response, "distance"));
        Assert.NotNull(Header(response, "confidence"));
    }

    [Fact]
    public async Task Post_ForeignQuestion_IsRoutedWithoutAConfidence()
    {
        await using var service = await StartAsync();

        using var response = await service.Http.ChatAsync("plain", Foreign);

        Assert.Equal("novel", Header(response, "coverage"));
        Assert.Null(Header(response, "confidence"));
    }

    [Fact]
    public async Task Post_ForeignQuestionToACarefulPolicy_GoesToItsGeneralist()
    {
        await using var service = await StartAsync();

        using var response = await service.Http.ChatAsync("careful", Foreign);

        Assert.Equal("wide", Header(response, "expert"));
    }

    [Fact]
    public async Task Post_ForeignQuestionToAPolicyThatWidens_AsksMoreExperts()
    {
        await using var service = await StartAsync();

        using var known = await service.Http.ChatAsync("many", Sum);
        using var foreign = await service.Http.ChatAsync("many", Foreign);

        Assert.False((await known.ReadJsonAsync()).TryGetProperty("orchestrator", out _));
        Assert.Equal(3, (await foreign.ReadJsonAsync()).GetProperty("orchestrator").GetProperty("cost").GetProperty("calls").GetInt32());
    }

    [Fact]
    public async Task Post_ExpertByItsId_HasNoCoverage()
    {
        await using var service = await StartAsync();

        using var response = await service.Http.ChatAsync("a", Foreign);

        Assert.Null(Header(response, "coverage"));
    }

    [Fact]
    public async Task Route_ForeignQuestion_TellsTheVerdictInWordsAndNoConfidence()
    {
        await using var service = await StartAsync();

        using var response = await service.Http.PostAsync("/v1/route", ChatCalls.Json(ChatCalls.Body("plain", Foreign)));
        var plan = await response.ReadJsonAsync();

        Assert.Equal("novel", plan.GetProperty("coverage").GetProperty("verdict").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, plan.GetProperty("confidence").ValueKind);
    }

    [Fact]
    public async Task Metrics_RoutedRequests_CountVerdictsAndOverconfidence()
    {
        await using var service = await StartAsync();
        using var known = await service.Http.ChatAsync("plain", Sum);
        using var wrong = await service.Http.ChatAsync("best", "Reverse the letters of the word GQXE.");
        using var foreign = await service.Http.ChatAsync("best", Foreign);

        var metrics = PrometheusText.Parse(await service.Http.GetStringAsync("/metrics"));

        Assert.Equal(1, metrics["orchestrator_router_verdicts_total{verdict=\"covered\"}"]);
        Assert.Equal(1, metrics["orchestrator_router_verdicts_total{verdict=\"wrong-specialist\"}"]);
        Assert.Equal(1, metrics["orchestrator_router_verdicts_total{verdict=\"novel\"}"]);
        Assert.Equal(0, metrics["orchestrator_router_verdicts_total{verdict=\"no-specialist\"}"]);
        Assert.Equal(0, metrics["orchestrator_router_overconfident_total"]);
    }

    [Fact]
    public async Task Metrics_SureOfAForeignQuestion_IsAnAlarm()
    {
        await using var service = await StartAsync(alwaysRight: true);
        using var known = await service.Http.ChatAsync("best", Sum);
        using var foreign = await service.Http.ChatAsync("best", Foreign);

        var metrics = PrometheusText.Parse(await service.Http.GetStringAsync("/metrics"));

        Assert.Equal(1, metrics["orchestrator_router_overconfident_total"]);
    }

    static Task<FakeService> StartAsync(bool alwaysRight = false) =>
        FakeService.StartOnAsync(Yaml, new FakeModelLoader(), ("outcomes.jsonl", Outcomes(alwaysRight)));

    static string Outcomes(bool alwaysRight)
    {
        List<string> lines = ["""{"version":1,"source":"test","experts":["a","b","wide"]}"""];
        for (var i = 0; i < 60; i++)
        {
            var slip = i % 10 == 9 ? 0 : 1;
            lines.Add(Line($"add-{i}", $"What is {10 + (i * 37 % 89)} + {11 + (i * 53 % 88)}?", slip, 0, i % 2));
            lines.Add(Line($"reverse-{i}", $"Reverse the letters of the word {Word(i)}.", alwaysRight ? 1 : 0, slip, 1 - (i % 2)));
        }
        return string.Join('\n', lines);
    }

    static string Line(string id, string question, params int[] scores) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"id":"{{id}}","question":"{{question}}","skills":[],"scores":[{{string.Join(',', scores)}}],"tokens":[1,1,1]}""");

    static string Word(int seed) =>
        string.Concat(Enumerable.Range(0, 4).Select(at => (char)('A' + (((seed * (7 + at)) + (at * 11)) % 26))));

    static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues($"x-orchestrator-{name}", out var values) ? values.Single() : null;
}
