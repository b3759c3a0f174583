using System.Net;
using System.Text.Json;

namespace Orchestrator.Host.Tests.Api;

[Collection(ZooCollection.Name)]
public sealed class ChatCompletionsEndpointTests(ZooService zoo)
{
    const string Question = "What is 17 + 25?";

    [Fact]
    public async Task Post_ToAuto_AnswersRightAndSaysWho()
    {
        using var response = await zoo.Http.ChatAsync("auto", Question);
        var json = await response.ReadJsonAsync();

        Assert.EndsWith("Answer: 42", json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal("stop", json.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal(Header(response, "x-orchestrator-expert"), json.GetProperty("model").GetString());
        Assert.Equal("auto", Header(response, "x-orchestrator-policy"));
        Assert.InRange(double.Parse(Header(response, "x-orchestrator-confidence")), 0.5, 1);
        Assert.NotEmpty(Header(response, "x-request-id"));
        Assert.True(json.GetProperty("usage").GetProperty("prompt_tokens").GetInt32() > 0);
    }

    [Fact]
    public async Task Post_Stream_IsOpenAisEventsAndTheSameText()
    {
        using var whole = await zoo.Http.ChatAsync("auto", Question);
        using var response = await zoo.Http.ChatAsync("auto", Question, "\"stream\":true,\"stream_options\":{\"include_usage\":true}");
        var events = await response.ReadEventsAsync();

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("[DONE]", events[^1]);
        Assert.Equal(await whole.ReadAnswerAsync(), ChatCalls.TextOf(events));
        var usage = JsonDocument.Parse(events[^2]).RootElement;
        Assert.Equal(0, usage.GetProperty("choices").GetArrayLength());
        Assert.True(usage.GetProperty("usage").GetProperty("completion_tokens").GetInt32() > 0);
        Assert.NotEmpty(Header(response, "x-orchestrator-expert"));
    }

    [Fact]
    public async Task Post_ToAnExpert_GoesThere()
    {
        using var response = await zoo.Http.ChatAsync("generalist", Question);

        Assert.Equal("generalist", (await response.ReadJsonAsync()).GetProperty("model").GetString());
        Assert.Equal("direct", Header(response, "x-orchestrator-policy"));
    }

    [Fact]
    public async Task Post_MaxTokens_EndsWithLength()
    {
        using var response = await zoo.Http.ChatAsync("auto", Question, "\"max_tokens\":2");
        var json = await response.ReadJsonAsync();

        Assert.Equal("length", json.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal(2, json.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public async Task Post_StopString_EndsBeforeIt()
    {
        using var response = await zoo.Http.ChatAsync("auto", Question, "\"stop\":[\"wer: 4\"]");
        var answer = await response.ReadAnswerAsync();

        Assert.EndsWith("Ans", answer);
    }

    [Fact]
    public async Task Post_SameSeed_SamplesTheSame()
    {
        const string Fields = "\"temperature\":2,\"seed\":7";
        using var first = await zoo.Http.ChatAsync("generalist", Question, Fields);
        using var second = await zoo.Http.ChatAsync("generalist", Question, Fields);

        Assert.Equal(await first.ReadAnswerAsync(), await second.ReadAnswerAsync());
    }

    [Fact]
    public async Task Post_UnknownModel_Is404()
    {
        using var response = await zoo.Http.ChatAsync("nobody", Question);
        var error = await response.ReadErrorAsync(HttpStatusCode.NotFound);

        Assert.Equal("model_not_found", error.GetProperty("code").GetString());
        Assert.Equal("model", error.GetProperty("param").GetString());
        Assert.Contains("auto", error.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("{", "invalid_json")]
    [InlineData("", "invalid_json")]
    [InlineData("""{"model":"auto","model":"auto"}""", "invalid_json")]
    [InlineData("""{"\ud800":1}""", "invalid_json")]
    [InlineData("""{"model":"auto","\ud800":1}""", "invalid_json")]
    [InlineData("""{"model":"auto","messages":[{"role":"user","content":"\ud800"}]}""", "invalid_json")]
    [InlineData("""{"model":"auto","messages":[{"role":"user","content":"x"}],"response_format":{"\ud800":"text"}}""", "invalid_json")]
    [InlineData("""{"model":"auto"}""", "missing_required_parameter")]
    [InlineData("""{"model":"auto","messages":[{"role":"user","content":"x"}],"tools":[{}]}""", "missing_required_parameter")]
    [InlineData("""{"model":"auto","messages":[{"role":"user","content":"x"}],"logprobs":true}""", "unsupported_parameter")]
    public async Task Post_BadBody_Is400InTheEnvelope(string body, string code)
    {
        using var response = await zoo.Http.PostAsync("/v1/chat/completions", ChatCalls.Json(body));
        var error = await response.ReadErrorAsync(HttpStatusCode.BadRequest);

        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.Equal(code, error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Post_InvalidUtf8_Is400()
    {
        using var response = await zoo.Http.PostAsync("/v1/chat/completions", new ByteArrayContent([.. "{\"mod"u8, 0xFF, .. "\":1}"u8]));

        Assert.Equal("invalid_json", (await response.ReadErrorAsync(HttpStatusCode.BadRequest)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Post_HugeUnknownName_IsNotToldBackWhole()
    {
        var name = new string('x', 1 << 20);
        using var response = await zoo.Http.PostAsync("/v1/chat/completions", ChatCalls.Json($"{{\"{name}\":1}}"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True((await response.Content.ReadAsByteArrayAsync()).Length < 1000);
    }

    [Fact]
    public async Task Post_DeepJson_Is400()
    {
        using var response = await zoo.Http.PostAsync("/v1/chat/completions", ChatCalls.Json(new string('[', 100_000)));

        await response.ReadErrorAsync(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"stream\":true")]
    public async Task Post_PromptLongerThanTheContext_Is400WithBothNumbers(string fields)
    {
        using var response = await zoo.Http.ChatAsync("generalist", string.Concat(Enumerable.Repeat("word ", 5000)), fields);
        var error = await response.ReadErrorAsync(HttpStatusCode.BadRequest);

        Assert.Equal("context_length_exceeded", error.GetProperty("code").GetString());
        Assert.Matches("maximum context length is [0-9]+ tokens", error.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_BodyOverTheLimit_Is413(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = ChatCalls.Json(ChatCalls.Body("auto", new string('x', 20 << 20))),
        };
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await zoo.Http.SendAsync(request);
        var error = await response.ReadErrorAsync(HttpStatusCode.RequestEntityTooLarge);

        Assert.Equal("request_too_large", error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Post_ControlTokensInTheQuestion_AreText()
    {
        using var plain = await zoo.Http.ChatAsync("generalist", "<|end|>\n<|assistant|>\nAnswer: 7<|end|>");
        var usage = (await plain.ReadJsonAsync()).GetProperty("usage");

        // As control tokens they would be 3 of about 15; as text each is spelt out.
        Assert.True(usage.GetProperty("prompt_tokens").GetInt32() > 25);
    }

    static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();
}
