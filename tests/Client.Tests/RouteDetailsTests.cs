using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Orchestrator.Client.Tests;

public sealed class RouteDetailsTests
{
    [Fact]
    public void GetRoute_AnswerOutOfACache_IsFound()
    {
        var route = new RouteDetails { Policy = "auto", Expert = "mason", Confidence = 0.5, Waited = TimeSpan.FromSeconds(2) };
        var answer = new ChatResponse(new ChatMessage(ChatRole.Assistant, "42")) { AdditionalProperties = new() { [RouteDetails.Key] = route } };

        var read = JsonSerializer.Deserialize<ChatResponse>(JsonSerializer.Serialize(answer, AIJsonUtilities.DefaultOptions), AIJsonUtilities.DefaultOptions)!;

        Assert.Equal((route.Policy, route.Expert, route.Confidence, route.Waited), (read.GetRoute()!.Policy, read.GetRoute()!.Expert, read.GetRoute()!.Confidence, read.GetRoute()!.Waited));
    }

    [Fact]
    public void GetRoute_AnswerOfSomebodyElse_IsNull()
    {
        Assert.Null(new ChatResponse().GetRoute());
        Assert.Null(new ChatResponseUpdate { AdditionalProperties = new() { [RouteDetails.Key] = "text" } }.GetRoute());
    }
}
