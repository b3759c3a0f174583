namespace Orchestrator.Host.Tests.Api;

[Collection(ZooCollection.Name)]
public sealed class PanelTests(ZooService zoo)
{
    const string Question = "What is 17 + 25?";

    [Fact]
    public async Task Post_PolicyWithAPanel_TellsTheOthersAnswersBesideThePrimarys()
    {
        var reply = await (await zoo.Http.ChatAsync("trio", Question)).ReadJsonAsync();

        Assert.EndsWith("Answer: 42", reply.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString(), StringComparison.Ordinal);
        var others = reply.GetProperty("orchestrator").GetProperty("panel").EnumerateArray().ToArray();
        Assert.Equal(2, others.Length);
        Assert.DoesNotContain(reply.GetProperty("model").GetString(), others.Select(o => o.GetProperty("expert").GetString()));
        Assert.All(others, o => Assert.NotEmpty(o.GetProperty("content").GetString()!));
    }

    [Fact]
    public async Task Stream_PolicyWithAPanel_EndsWithAnEventOfTheOthers()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = ChatCalls.Json(ChatCalls.Body("trio", Question, "\"stream\":true")),
        };
        var events = await (await zoo.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead)).ReadEventsAsync();

        Assert.Equal("[DONE]", events[^1]);
        Assert.Contains("\"panel\":[{", events[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_PolicyWithoutAPanel_HasNoFieldBeyondOpenAis() =>
        Assert.False((await (await zoo.Http.ChatAsync("auto", Question)).ReadJsonAsync()).TryGetProperty("orchestrator", out _));
}
