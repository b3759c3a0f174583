using Microsoft.Extensions.AI;

namespace Orchestrator.Client.Tests;

public sealed class OrchestratorChatClientStreamTests
{
    const string Done = "data: [DONE]\n\n";
    static readonly string Role = FakeEvents.Delta("\"role\":\"assistant\",\"content\":\"\"");
    static readonly string Stop = FakeEvents.Delta("", ",\"finish_reason\":\"stop\"");
    static readonly string Usage = """data: {"id":"c1","choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}}""" + "\n\n";
    static readonly string Panel = """data: {"id":"c1","model":"mason","choices":[],"orchestrator":{"panel":[]}}""" + "\n\n";

    [Fact]
    public async Task Stream_Answer_BecomesTheSameAsAWholeOne()
    {
        using var client = new FakeEvents(": waiting for mason\n\n", Role, FakeEvents.Text("4"), ": still\n\n", FakeEvents.Text("2"), Stop, Panel, Usage, Done).Chat();

        var (updates, failure) = await client.ReadAsync();

        Assert.Null(failure);
        var answer = updates.ToChatResponse();
        Assert.Equal(("42", "c1", "mason", ChatFinishReason.Stop), (answer.Text, answer.ResponseId, answer.ModelId, answer.FinishReason));
        Assert.Equal((7, 9), (answer.Usage!.InputTokenCount, answer.Usage.TotalTokenCount));
        Assert.Single(answer.Messages);
        Assert.Equal("mason", updates[0].GetRoute()!.Expert);
        Assert.NotNull(answer.GetRoute()!.Panel);
    }

    [Fact]
    public async Task Stream_Request_AsksForUsage()
    {
        var service = new FakeService((_, _) => new FakeEvents(Role, Done).Reply());
        using var client = service.Chat();

        await client.ReadAsync();

        Assert.Equal(
            """{"model":"auto","messages":[{"role":"user","content":"hi"}],"stream":true,"stream_options":{"include_usage":true}}""",
            Assert.Single(service.Asked).Body);
    }

    [Fact]
    public async Task Stream_EventInPieces_IsPutTogether()
    {
        var text = FakeEvents.Text("42");
        using var client = new FakeEvents(Role, text[..30], text[30..], Done).Chat();

        Assert.Equal("42", (await client.ReadAsync()).Updates.ToChatResponse().Text);
    }

    [Fact]
    public async Task Stream_CallsInPieces_AreGivenWhole()
    {
        using var client = new FakeEvents(
            Role,
            FakeEvents.Delta("""  "tool_calls":[{"index":0,"id":"t1","function":{"name":"price","arguments":""}}]"""),
            FakeEvents.Delta("""  "tool_calls":[{"index":1,"id":"t2","function":{"name":"now","arguments":"{}"}}]"""),
            FakeEvents.Delta("""  "tool_calls":[{"index":0,"function":{"arguments":"{\"of\":"}}]"""),
            FakeEvents.Delta("""  "tool_calls":[{"index":0,"function":{"arguments":"\"muog\"}"}}]"""),
            FakeEvents.Delta("", ",\"finish_reason\":\"tool_calls\""),
            Done).Chat();

        var (updates, failure) = await client.ReadAsync();

        Assert.Null(failure);
        Assert.Equal(2, updates.Count);
        var calls = updates[1].Contents.Cast<FunctionCallContent>().ToArray();
        Assert.Equal([("t1", "price"), ("t2", "now")], calls.Select(call => (call.CallId, call.Name)));
        Assert.Equal("muog", $"{calls[0].Arguments!["of"]}");
        Assert.Equal(ChatFinishReason.ToolCalls, updates[1].FinishReason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stream_ServerGone_TellsWhetherAPartHadCome(bool part)
    {
        using var client = new FakeEvents(part ? [Role, FakeEvents.Text("4")] : [Role]) { Failure = new HttpIOException(HttpRequestError.ResponseEnded, "gone") }.Chat();

        await AssertBrokenAsync(client, part, "broke in the middle of the reply to /v1/chat/completions");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stream_EndWithoutDone_TellsWhetherAPartHadCome(bool part)
    {
        using var client = new FakeEvents(part ? [Role, FakeEvents.Text("4")] : [Role]).Chat();

        await AssertBrokenAsync(client, part, "ended without [DONE]");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stream_ErrorEvent_TellsTheServicesWords(bool part)
    {
        const string Error = """data: {"error":{"message":"The expert failed.","type":"server_error","param":null,"code":"expert_failed"}}""" + "\n\n";
        using var client = new FakeEvents(part ? [Role, FakeEvents.Text("4"), Error] : [Role, Error]).Chat();

        var broken = await AssertBrokenAsync(client, part, "The expert failed.");

        Assert.Equal("expert_failed", broken.Code);
    }

    [Theory]
    [InlineData("data: {no\n\n")]
    [InlineData("data: null\n\n")]
    public async Task Stream_StrangeEvent_IsSaid(string strange)
    {
        using var client = new FakeEvents(Role, FakeEvents.Text("4"), strange).Chat();

        await AssertBrokenAsync(client, part: true, "a part of it is not the JSON that /v1/chat/completions replies with");
    }

    [Fact]
    public async Task Stream_ReplyThatIsNoStream_IsSaid()
    {
        using var client = ClientCalls.Answering().Chat();

        var failure = Assert.IsType<OrchestratorException>((await client.ReadAsync()).Failure);

        Assert.Contains("streams no events but replies with 'application/json'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_Refused_IsAnExceptionBeforeAnyPart()
    {
        using var client = FakeService.Of("""{"error":{"message":"Too long.","code":"context_length_exceeded"}}""", System.Net.HttpStatusCode.BadRequest).Chat();

        var failure = Assert.IsType<OrchestratorException>((await client.ReadAsync()).Failure);

        Assert.Equal(("Too long.", 400, false), (failure.Message, failure.Status, failure.Emitted));
    }

    [Fact]
    public async Task Stream_CancelledWhileWaiting_ClosesAndThrowsForThatToken()
    {
        var events = new FakeEvents(Role, FakeEvents.Text("4")) { Hangs = true };
        using var client = events.Chat();
        using var patience = new CancellationTokenSource();
        await using var updates = client.GetStreamingResponseAsync("hi", cancellationToken: patience.Token).GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync() && await updates.MoveNextAsync());
        var next = updates.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);

        await patience.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        Assert.Equal(patience.Token, cancelled.CancellationToken);
        Assert.True(events.Closed);
    }

    [Fact]
    public async Task Stream_CancelledBetweenEvents_GivesNoMoreOfThem()
    {
        var events = new FakeEvents(Role + FakeEvents.Text("4") + FakeEvents.Text("2") + Done);
        using var client = events.Chat();
        using var patience = new CancellationTokenSource();
        await using var updates = client.GetStreamingResponseAsync("hi", cancellationToken: patience.Token).GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync());

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await updates.MoveNextAsync());
        Assert.True(events.Closed);
    }

    [Fact]
    public async Task Stream_LeftEarly_IsClosed()
    {
        var events = new FakeEvents(Role, FakeEvents.Text("4")) { Hangs = true };
        using var client = events.Chat();

        await foreach (var update in client.GetStreamingResponseAsync("hi"))
            if (update.Text.Length > 0) break;

        Assert.True(events.Closed);
    }

    static async Task<OrchestratorException> AssertBrokenAsync(OrchestratorChatClient client, bool part, string words)
    {
        var (updates, failure) = await client.ReadAsync();
        var broken = Assert.IsType<OrchestratorException>(failure);
        Assert.Equal(part ? "4" : "", string.Concat(updates.Select(update => update.Text)));
        Assert.Equal(part, broken.Emitted);
        Assert.Contains(words, broken.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            part ? "Part of the answer had come already; ask again for the whole of it." : "Nothing of the answer had come; ask again.",
            broken.Message,
            StringComparison.Ordinal);
        return broken;
    }

    [Fact]
    public async Task Stream_ErrorWithoutAFullStop_IsASentenceOfItsOwn()
    {
        using var client = new FakeEvents(FakeEvents.Text("4"), "data: {\"error\":{\"message\":\"the expert died\"}}\n\n").Chat();

        var broken = Assert.IsType<OrchestratorException>((await client.ReadAsync()).Failure);

        Assert.Contains("broke off its answer: the expert died. Part of the answer", broken.Message, StringComparison.Ordinal);
        Assert.Equal("broken_off", broken.Code);
    }
}
