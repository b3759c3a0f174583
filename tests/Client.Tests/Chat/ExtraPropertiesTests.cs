using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Orchestrator.Client.Tests.Chat;

public sealed class ExtraPropertiesTests
{
    [Fact]
    public async Task Extras_OfTheService_AreFieldsAndHeaders()
    {
        HttpRequestMessage? sent = null;
        var service = new FakeService((request, _) =>
        {
            sent = request;
            return FakeService.Reply(ClientCalls.Answer);
        });
        using var client = service.Chat();

        await client.GetResponseAsync("hi", new ChatOptions
        {
            AdditionalProperties = new()
            {
                [OrchestratorOptions.MinP] = 0.05,
                [OrchestratorOptions.RepeatPenalty] = 1.1f,
                [OrchestratorOptions.ServiceTier] = "flex",
                [OrchestratorOptions.Skills] = new[] { "sums", "prices" },
                [OrchestratorOptions.Prefer] = "size=0.2",
                [OrchestratorOptions.Licence] = JsonSerializer.SerializeToElement(new[] { "mit" }),
                [OrchestratorOptions.Variants] = "never",
            },
        });

        Assert.EndsWith("\"min_p\":0.05,\"repeat_penalty\":1.1,\"service_tier\":\"flex\"}", service.Asked[0].Body, StringComparison.Ordinal);
        string[] headers = [.. ((string[])["skills", "prefer", "licence", "variants"]).Select(name => sent!.Headers.GetValues($"x-orchestrator-{name}").Single())];
        Assert.Equal(["sums,prices", "size=0.2", "mit", "never"], headers);
    }

    [Fact]
    public async Task Extras_UnknownWithJsonForm_GoOverTheWire()
    {
        var body = await ClientCalls.BodyOfAsync(With(
            ("user", "ann"), ("flag", true), ("some", 5L), ("element", JsonSerializer.SerializeToElement(new[] { 1 })), ("node", new JsonObject { ["a"] = 1 }), ("texts", new List<string> { "x" })));

        Assert.EndsWith(
            "\"user\":\"ann\",\"flag\":true,\"some\":5,\"element\":[1],\"node\":{\"a\":1},\"texts\":[\"x\"]}", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extras_ObjectsOfMiddleware_StayHere() =>
        Assert.DoesNotContain("Kernel", await ClientCalls.BodyOfAsync(With(("AutoInvokingKernel", new object()), ("nothing", null))), StringComparison.Ordinal);

    [Theory]
    [InlineData("model", "x", "ChatOptions.ModelId")]
    [InlineData("stream", true, "by the method")]
    [InlineData("skills", "a\nb", "line break")]
    [InlineData("skills", "Größe", "outside ASCII")]
    [InlineData("variants", 5, "is a Int32")]
    [InlineData("skills", new[] { "a,b" }, "comma")]
    public async Task Extras_ThatCannotBe_AreRefusedByName(string name, object value, string words)
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => ClientCalls.BodyOfAsync(With((name, value))));

        Assert.Contains($"AdditionalProperties[\"{name}\"]", refused.Message, StringComparison.Ordinal);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    static ChatOptions With(params (string Name, object? Value)[] extras) =>
        new() { AdditionalProperties = new(extras.Select(extra => KeyValuePair.Create(extra.Name, extra.Value))) };
}
