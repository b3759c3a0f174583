using System.Text.Json;
using Orchestrator.Experts;
using Orchestrator.Host.OpenAi;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.Tests.OpenAi;

public sealed class ChatRequestReaderTests
{
    const string Minimal = """{"model":"auto","messages":[{"role":"user","content":"hi"}]}""";

    [Fact]
    public void Read_MinimalRequest_LeavesEverythingToTheExpert()
    {
        var request = Read(Minimal);

        Assert.Equal("auto", request.Model);
        Assert.Equal([new ChatTurn("user", "hi")], request.Generation.Messages);
        Assert.False(request.Stream);
        Assert.Null(request.Generation.Sampling);
        Assert.Null(request.Generation.MaxTokens);
        Assert.Empty(request.Generation.Stop);
    }

    [Fact]
    public void Read_EveryHonouredField_ReachesTheGeneration()
    {
        var request = Read(With("""
            "stream":true,"stream_options":{"include_usage":true},"max_completion_tokens":7,"stop":["a","b"],"seed":3,
            "temperature":0.5,"top_p":0.9,"top_k":40,"min_p":0.1,"repeat_penalty":1.1,"frequency_penalty":-1,"presence_penalty":1
            """));

        Assert.True(request.Stream);
        Assert.True(request.IncludeUsage);
        Assert.Equal(7, request.Generation.MaxTokens);
        Assert.Equal(["a", "b"], request.Generation.Stop);
        Assert.Equal(
            new SamplingChanges
            {
                Temperature = 0.5f,
                TopP = 0.9f,
                TopK = 40,
                MinP = 0.1f,
                RepeatPenalty = 1.1f,
                FrequencyPenalty = -1,
                PresencePenalty = 1,
                Seed = 3,
            },
            request.Generation.Sampling);
    }

    [Fact]
    public void Read_TextParts_AreJoined()
    {
        var request = Read("""
            {"model":"m","messages":[{"role":"developer","content":"s"},
            {"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]}
            """);

        Assert.Equal([new ChatTurn("system", "s"), new ChatTurn("user", "ab")], request.Generation.Messages);
        Assert.Equal("ab", request.Question);
    }

    [Fact]
    public void Question_LaterAssistantTurn_StillIsTheLastUserMessage()
    {
        var request = Read("""
            {"model":"m","messages":[{"role":"user","content":"one"},{"role":"user","content":"two"},{"role":"assistant","content":"three"}]}
            """);

        Assert.Equal("two", request.Question);
    }

    [Theory]
    [InlineData("[]", null)]
    [InlineData("{}", "model")]
    [InlineData("""{"model":1,"messages":[]}""", "model")]
    [InlineData("""{"model":"","messages":[{"role":"user","content":"x"}]}""", "model")]
    [InlineData("""{"model":"m"}""", "messages")]
    [InlineData("""{"model":"m","messages":"x"}""", "messages")]
    [InlineData("""{"model":"m","messages":[]}""", "messages")]
    [InlineData("""{"model":"m","messages":["x"]}""", "messages[0]")]
    [InlineData("""{"model":"m","messages":[{"content":"x"}]}""", "messages[0].role")]
    [InlineData("""{"model":"m","messages":[{"role":"boss","content":"x"}]}""", "messages[0].role")]
    [InlineData("""{"model":"m","messages":[{"role":"function","content":"x"}]}""", "messages[0].role")]
    [InlineData("""{"model":"m","messages":[{"role":"user"}]}""", "messages[0].content")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":5}]}""", "messages[0].content")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"image_url"}]}]}""", "messages[0].content[0].type")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"text"}]}]}""", "messages[0].content[0].text")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x","colour":"red"}]}""", "messages[0].colour")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"x","image_url":{}}]}]}""", "messages[0].content[0].image_url")]
    [InlineData("""{"model":"m","messages":[null]}""", "messages[0]")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x","name":5}]}""", "messages[0].name")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"x","colour":1}]}]}""", "messages[0].content[0].colour")]
    public void Read_BadShape_NamesTheParameter(string body, string? param) => AssertRefused(body, param);

    [Theory]
    [InlineData("\"temperature\":2.1", "temperature")]
    [InlineData("\"temperature\":-0.1", "temperature")]
    [InlineData("\"temperature\":\"hot\"", "temperature")]
    [InlineData("\"top_p\":1.5", "top_p")]
    [InlineData("\"top_k\":-1", "top_k")]
    [InlineData("\"min_p\":2", "min_p")]
    [InlineData("\"repeat_penalty\":0", "repeat_penalty")]
    [InlineData("\"frequency_penalty\":3", "frequency_penalty")]
    [InlineData("\"presence_penalty\":-3", "presence_penalty")]
    [InlineData("\"max_tokens\":0", "max_tokens")]
    [InlineData("\"max_tokens\":1.5", "max_tokens")]
    [InlineData("\"max_tokens\":1,\"max_completion_tokens\":2", "max_tokens")]
    [InlineData("\"seed\":\"x\"", "seed")]
    [InlineData("\"stop\":5", "stop")]
    [InlineData("\"stop\":[1]", "stop")]
    [InlineData("\"stop\":\"\"", "stop")]
    [InlineData("\"stop\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\"]", "stop")]
    [InlineData("\"stream\":\"yes\"", "stream")]
    [InlineData("\"stream_options\":{\"include_usage\":true}", "stream_options")]
    [InlineData("\"stream\":true,\"stream_options\":{\"usage\":true}", "stream_options.usage")]
    [InlineData("\"temprature\":1", "temprature")]
    public void Read_BadValue_NamesTheParameter(string field, string param) => AssertRefused(With(field), param);

    [Theory]
    [InlineData("\"n\":2", "n")]
    [InlineData("\"functions\":[{\"name\":\"f\"}]", "functions")]
    [InlineData("\"function_call\":{\"name\":\"f\"}", "function_call")]
    [InlineData("\"logprobs\":true", "logprobs")]
    [InlineData("\"top_logprobs\":3", "top_logprobs")]
    [InlineData("\"logit_bias\":{\"5\":1}", "logit_bias")]
    [InlineData("\"audio\":{}", "audio")]
    [InlineData("\"store\":true", "store")]
    [InlineData("\"reasoning_effort\":\"high\"", "reasoning_effort")]
    public void Read_UnsupportedFeature_IsRefusedByName(string field, string param)
    {
        var error = AssertRefused(With(field), param);

        Assert.Equal("unsupported_parameter", error.Code);
    }

    [Theory]
    [InlineData("\"n\":1")]
    [InlineData("\"tools\":[]")]
    [InlineData("\"tool_choice\":\"none\"")]
    [InlineData("\"response_format\":{\"type\":\"text\"}")]
    [InlineData("\"response_format\":{\"json_schema\":{\"schema\":{}}}")]
    [InlineData("\"logprobs\":false,\"top_logprobs\":null")]
    [InlineData("\"logit_bias\":{}")]
    [InlineData("\"store\":false,\"user\":\"u\",\"metadata\":{\"a\":\"b\"}")]
    [InlineData("\"temperature\":null,\"max_tokens\":null,\"stop\":null")]
    public void Read_NeutralValue_IsAccepted(string field) => Assert.Equal("auto", Read(With(field)).Model);

    [Fact]
    public void Read_Seeds64Bit_StayDistinctWhenTheyDifferInTheLowHalf()
    {
        Assert.NotEqual(
            Read(With("\"seed\":4294967297")).Generation.Sampling, Read(With("\"seed\":4294967298")).Generation.Sampling);
    }

    [Theory]
    [InlineData("null", RequestClass.Interactive)]
    [InlineData("\"auto\"", RequestClass.Interactive)]
    [InlineData("\"default\"", RequestClass.Interactive)]
    [InlineData("\"priority\"", RequestClass.Interactive)]
    [InlineData("\"flex\"", RequestClass.Batch)]
    public void Read_ServiceTier_IsTheClass(string tier, RequestClass expected) =>
        Assert.Equal(expected, Read(With($"\"service_tier\":{tier}")).Class);

    [Theory]
    [InlineData("\"cheap\"")]
    [InlineData("1")]
    public void Read_UnknownServiceTier_IsRefused(string tier) => AssertRefused(With($"\"service_tier\":{tier}"), "service_tier");

    static string With(string fields) => Minimal[..^1] + "," + fields + "}";

    static ChatRequest Read(string json) => ChatRequestReader.Read(JsonDocument.Parse(json).RootElement);

    static ApiError AssertRefused(string body, string? param)
    {
        var error = Assert.Throws<ApiException>(() => Read(body)).Error;
        Assert.Equal(400, error.Status);
        Assert.Equal("invalid_request_error", error.Type);
        Assert.Equal(param, error.Param);
        return error;
    }
}
