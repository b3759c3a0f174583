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

    [Fact]
    public async Task Extras_ValuesOfDotNet_AreWritten()
    {
        var body = await ClientCalls.BodyOfAsync(With(
            ("a", (short)1), ("b", (byte)2), ("c", 3u), ("d", ulong.MaxValue), ("e", 0.5m), ("f", DayOfWeek.Friday), ("g", Guid.Empty), ("h", new[] { 1, 2 }),
            ("i", new Dictionary<string, object?> { ["x"] = 1.5, ["y"] = null, ["z"] = new[] { true } }), ("j", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc))));

        Assert.EndsWith(
            """
            "a":1,"b":2,"c":3,"d":18446744073709551615,"e":0.5,"f":"Friday","g":"00000000-0000-0000-0000-000000000000","h":[1,2],"i":{"x":1.5,"y":null,"z":[true]},"j":"2026-01-02T03:04:05.0000000Z"}
            """,
            body,
            StringComparison.Ordinal);
    }

    public static TheoryData<string, object, string> Impossible => new()
    {
        { "x", double.NaN, "AdditionalProperties[\"x\"] is NaN" },
        { "x", new[] { 1f, float.PositiveInfinity }, "AdditionalProperties[\"x\"][1] is Infinity" },
        { "x", JsonElement.Parse("[\"\\ud800\"]"), "AdditionalProperties[\"x\"] has a text of half a character" },
        { "skills", JsonElement.Parse("\"\\ud800\""), "AdditionalProperties[\"skills\"] has a text of half a character" },
        { "skills", new string[] { null! }, "AdditionalProperties[\"skills\"] is a String[]; give a text or a list of texts" },
        { "x", default(JsonElement), "AdditionalProperties[\"x\"] is a JsonElement without a value" },
        { "temperature", 0.5, "AdditionalProperties[\"temperature\"] says what ChatOptions.Temperature says already" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public async Task Extras_ThatJsonCannotSay_AreRefusedByName(string name, object value, string words)
    {
        var options = With((name, value));
        options.Temperature = 0.2f;

        Assert.Contains(words, (await Assert.ThrowsAsync<ArgumentException>(() => ClientCalls.BodyOfAsync(options))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Header_ListOfObjectsThatAreTexts_IsTakenAsThem()
    {
        string? sent = null;
        var watched = new FakeService((request, _) =>
        {
            sent = request.Headers.GetValues("x-orchestrator-skills").Single();
            return FakeService.Reply(ClientCalls.Answer);
        });

        await watched.Chat().GetResponseAsync("hi", With(("skills", new List<object> { "sums", "capitals" })));

        Assert.Equal("sums,capitals", sent);
    }

    [Fact]
    public async Task Extras_NameOfAMemberThatIsNotSet_IsWritten() =>
        Assert.EndsWith("\"temperature\":0.5}", await ClientCalls.BodyOfAsync(With(("temperature", 0.5))), StringComparison.Ordinal);

    [Fact]
    public async Task Extras_ListThatHoldsItself_StaysHere()
    {
        List<object> ring = [];
        ring.Add(ring);

        Assert.DoesNotContain("ring", await ClientCalls.BodyOfAsync(With(("ring", ring))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_NumberThatIsNone_IsRefusedByName()
    {
        var refused = await Assert.ThrowsAsync<NotSupportedException>(() => ClientCalls.BodyOfAsync(new ChatOptions { Temperature = float.NaN }));

        Assert.Contains("ChatOptions.Temperature cannot be honoured: it is NaN", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("[\"sums\",\"prices\"]", "sums,prices")]
    [InlineData("\"sums\"", "sums")]
    public async Task Extras_SkillsAsNode_AreAHeaderWhereGiven(string? skills, string? header)
    {
        IEnumerable<string>? sent = null;
        var service = new FakeService((request, _) =>
        {
            request.Headers.TryGetValues("x-orchestrator-skills", out sent);
            return FakeService.Reply(ClientCalls.Answer);
        });

        await service.Chat().GetResponseAsync("hi", With((OrchestratorOptions.Skills, skills is null ? null : JsonNode.Parse(skills))));

        Assert.Equal(header, sent?.Single());
    }

    [Theory]
    [InlineData(OrchestratorOptions.Skills)]
    [InlineData(OrchestratorOptions.Prefer)]
    public async Task Extras_LongerThanAHeader_AreRefusedByName(string name)
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => ClientCalls.BodyOfAsync(With((name, new string('x', 4001)))));

        Assert.Contains($"[\"{name}\"] has 4001 characters, but travels as a header; at most 4000", refused.Message, StringComparison.Ordinal);
    }

    static ChatOptions With(params (string Name, object? Value)[] extras) =>
        new() { AdditionalProperties = new(extras.Select(extra => KeyValuePair.Create(extra.Name, extra.Value))) };
}
