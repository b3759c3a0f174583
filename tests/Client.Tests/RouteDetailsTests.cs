using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
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
    public void JsonTypes_WithoutReflection_WriteAndReadAnAnswer()
    {
        var json = new JsonSerializerOptions(AIJsonUtilities.DefaultOptions);
        json.TypeInfoResolverChain.Remove(json.TypeInfoResolverChain.OfType<DefaultJsonTypeInfoResolver>().Single());
        json.TypeInfoResolverChain.Add(RouteDetails.JsonTypes);
        var route = new RouteDetails { Policy = "trio", Asked = ["mason", "poet"], Panel = JsonElement.Parse("{\"panel\":[]}") };
        var answer = new ChatResponse(new ChatMessage(ChatRole.Assistant, "42")) { AdditionalProperties = new() { [RouteDetails.Key] = route } };

        var read = JsonSerializer.Deserialize<ChatResponse>(JsonSerializer.Serialize(answer, json), json)!.GetRoute()!;

        Assert.Equal(("trio", 0), (read.Policy, read.Panel!.Value.GetProperty("panel").GetArrayLength()));
        Assert.Equal(["mason", "poet"], read.Asked);
    }

    [Fact]
    public void GetRoute_AnswerOfSomebodyElse_IsNull()
    {
        Assert.Null(new ChatResponse().GetRoute());
        Assert.Null(new ChatResponseUpdate { AdditionalProperties = new() { [RouteDetails.Key] = "text" } }.GetRoute());
    }
}
