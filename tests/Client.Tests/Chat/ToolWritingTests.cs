using System.Net;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Orchestrator.Client.Tests.Chat;

public sealed class ToolWritingTests
{
    static readonly AIFunction Price = AIFunctionFactory.Create((string of) => 93, "price", "What a thing costs.");

    [Fact]
    public async Task Tools_Function_IsDescribedAsOpenAiWantsIt()
    {
        var body = await ClientCalls.BodyOfAsync(new ChatOptions { Tools = [Price], ToolMode = ChatToolMode.Auto, AllowMultipleToolCalls = false });

        Assert.Contains(
            "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"price\",\"description\":\"What a thing costs.\",\"parameters\":"
            + Price.JsonSchema.GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal),
            body.Replace(" ", "", StringComparison.Ordinal).Replace("Whatathingcosts.", "What a thing costs.", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.EndsWith("\"parallel_tool_calls\":false,\"tool_choice\":\"auto\"}", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ToolMode_Required_NamesTheFunction()
    {
        Assert.EndsWith("\"tool_choice\":\"required\"}", await ClientCalls.BodyOfAsync(new ChatOptions { Tools = [Price], ToolMode = ChatToolMode.RequireAny }), StringComparison.Ordinal);
        Assert.EndsWith(
            "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"price\"}}}",
            await ClientCalls.BodyOfAsync(new ChatOptions { Tools = [Price], ToolMode = ChatToolMode.RequireSpecific("price") }),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ToolMode_None_SendsNoTools() =>
        Assert.DoesNotContain("tool", await ClientCalls.BodyOfAsync(new ChatOptions { Tools = [Price], ToolMode = ChatToolMode.None }), StringComparison.Ordinal);

    public static TheoryData<ChatMessage> Unsayable =>
    [
        new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c7", "price", new Dictionary<string, object?> { ["of"] = double.NaN })]),
        new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c7", double.NaN)]),
        new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c7", JsonElement.Parse("\"\\ud800\""))]),
    ];

    [Theory]
    [MemberData(nameof(Unsayable))]
    public async Task Call_ThatJsonCannotSay_IsToldByItsId(ChatMessage message)
    {
        using var client = FakeService.Of(ClientCalls.Answer).Chat();

        var wrong = await Assert.ThrowsAsync<ArgumentException>(() => client.GetResponseAsync([new ChatMessage(ChatRole.User, "hi"), message]));

        Assert.Contains("of the call 'c7' cannot be said in JSON", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tools_RefusedByTheService_SaysWhatToDo()
    {
        using var client = FakeService.Of(
            """{"error":{"message":"'tools' is not supported: experts do not call tools","type":"invalid_request_error","param":"tools","code":"unsupported_parameter"}}""",
            HttpStatusCode.BadRequest).Chat();

        var refused = await Assert.ThrowsAsync<OrchestratorException>(() => client.GetResponseAsync("hi", new ChatOptions { Tools = [Price] }));

        Assert.StartsWith("'tools' is not supported: experts do not call tools. Leave ChatOptions.Tools out, or give the tools to a planner", refused.Message, StringComparison.Ordinal);
        Assert.Equal((400, "unsupported_parameter"), (refused.Status, refused.Code));
    }
}
