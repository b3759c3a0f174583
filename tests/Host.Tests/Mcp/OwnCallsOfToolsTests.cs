using System.Net;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Orchestrator.Host.Tests.Feedback;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Mcp;

/// <summary>What a tool asks of its own service.</summary>
public sealed class OwnCallsOfToolsTests
{
    [Fact]
    public async Task CallTool_WithARequestId_AsksUnderTheSame()
    {
        await using var service = await FeedbackService.StartAsync("remember: 100");
        using var http = new HttpClient { BaseAddress = service.Http.BaseAddress };
        http.DefaultRequestHeaders.Add("x-request-id", "outer-7");
        await using var client = await McpConnection.OpenAsync(http);
        await client.CallToolAsync(
            "ask_experts", new Dictionary<string, object?> { ["question"] = FeedbackService.Question, ["policy"] = "auto" });

        using var judged = await service.Http.PostAsync("/v1/feedback", ChatCalls.Json("""{"request_id":"outer-7","score":1}"""));

        Assert.Equal(HttpStatusCode.OK, judged.StatusCode);
    }

    [Fact]
    public async Task CallTool_NoPolicyIsCalledAuto_AsksTheFirst()
    {
        await using var service = await FakeService.StartOnAsync(
            """
            memory: { budget: 64MiB }
            policies:
              only: { strategy: best-single }
            experts:
              - id: maths
                file: model.gguf
            """,
            new FakeModelLoader());
        await using var client = await McpConnection.OpenAsync(service.Http);

        var result = await client.CallToolAsync("ask_experts", new Dictionary<string, object?> { ["question"] = "Who?" });
        var tool = (await client.ListToolsAsync()).Single(tool => tool.Name == "ask_experts");

        Assert.NotEqual(true, result.IsError);
        Assert.Equal("only", tool.JsonSchema.GetProperty("properties").GetProperty("policy").GetProperty("default").GetString());
    }

    [Fact]
    public async Task CallTool_TakesLongerThanARequestMay_IsNotTriedAgain()
    {
        // Another try would be answered.
        await using var service = await FakeService.StartHoldingAsync(
            "maths",
            """
            server: { request_timeout: 1s }
            memory: { budget: 64MiB }
            experts:
              - id: maths
                file: model.gguf
            """);
        await using var client = await McpConnection.OpenAsync(service.Http);

        var result = await client.CallToolAsync(
            "ask_experts", new Dictionary<string, object?> { ["question"] = "go", ["policy"] = "maths" });

        Assert.True(result.IsError);
        Assert.Contains("timeout", Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text, StringComparison.Ordinal);
    }
}
