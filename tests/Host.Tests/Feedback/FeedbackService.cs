using System.Net;
using System.Text;
using System.Text.Json;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Feedback;

/// <summary>A service whose experts <c>a</c>, <c>b</c> and <c>c</c> were profiled on sums, in which a is right and the others wrong.</summary>
sealed class FeedbackService : IAsyncDisposable
{
    public const string Question = "What is 34 + 71?";

    readonly TemporaryFolder _state = new();
    readonly string _yaml;
    FakeService? _service;

    FeedbackService(string feedback) => _yaml = $$"""
        memory: { budget: 64MiB }
        router: { outcomes: outcomes.jsonl }
        jobs: { folder: {{_state.Path}} }
        feedback: { {{feedback}} }
        policies:
          auto: { strategy: nearest }
          best: { strategy: best-single }
          trio: { strategy: nearest, panel: 3 }
          vote: { strategy: nearest, panel: 3, aggregator: majority }
          write: { strategy: nearest, panel: 3, aggregator: synthesis-always, aggregator_expert: scribe }
        experts:
          - { id: a, file: model.gguf }
          - { id: b, file: twin.gguf }
          - { id: c, file: model.gguf }
          - { id: scribe, file: model.gguf, purpose: aggregate }
        """;

    public string File => _state.File("feedback.jsonl");

    /// <summary>Stops the service, which has the file to itself.</summary>
    public async Task<string> KeptAsync()
    {
        await StopAsync();
        return await System.IO.File.ReadAllTextAsync(File);
    }


    public FakeService Now => _service ?? throw new InvalidOperationException("The service was stopped.");

    public HttpClient Http => Now.Http;

    public static async Task<FeedbackService> StartAsync(string feedback = "client_header: x-client")
    {
        var service = new FeedbackService(feedback);
        await service.RestartAsync();
        return service;
    }

    /// <summary>With the same state; what was only in memory is lost.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        _service = await FakeService.StartOnAsync(_yaml, new FakeModelLoader(), ("outcomes.jsonl", Outcomes()));
    }

    /// <returns>The id of the answered completion.</returns>
    public async Task<string> AskAsync(string model = "auto", string question = Question)
    {
        using var response = await Http.ChatAsync(model, question);
        response.EnsureSuccessStatusCode();
        return (await response.ReadJsonAsync()).GetProperty("id").GetString()!;
    }

    public async Task<string> PrimaryAsync(string policy = "auto") => (await PlanAsync(policy)).GetProperty("panel")[0].GetString()!;

    public async Task<JsonElement> PlanAsync(string policy = "auto") =>
        await (await Http.PostAsync("/v1/route", ChatCalls.Json(ChatCalls.Body(policy, Question)))).ReadJsonAsync();

    public async Task<HttpResponseMessage> SayAsync(string body, string? client = "tester")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/feedback") { Content = ChatCalls.Json(body) };
        if (client is not null) request.Headers.Add("x-client", client);
        return await Http.SendAsync(request);
    }

    public async Task<JsonElement> AcceptedAsync(string body, string client = "tester")
    {
        using var response = await SayAsync(body, client);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.ReadJsonAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _state.Dispose();
    }

    public async Task StopAsync()
    {
        if (_service is not null) await _service.DisposeAsync();
        _service = null;
    }

    static string Outcomes()
    {
        var lines = new StringBuilder("""{"version":1,"source":"made by hand","experts":["a","b","c"]}""" + "\n");
        for (var i = 0; i < 60; i++)
            lines.Append($$"""{"id":"{{i}}","question":"What is {{10 + i}} + {{11 + i * 7 % 80}}?","skills":["sums"],"scores":[{{(i % 10 == 0 ? 0 : 1)}},0,0],"tokens":[1,1,1]}""").Append('\n');
        return lines.ToString();
    }
}
