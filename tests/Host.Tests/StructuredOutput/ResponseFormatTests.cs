using System.Net;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Host.Tests.StructuredOutput;

/// <summary>Answers that llama.cpp decodes in the form that the request asks for.</summary>
public sealed class ResponseFormatTests(StructuredService service) : IClassFixture<StructuredService>
{
    const string Schema = """
        {"type":"object","properties":{
          "na\"mé":{"type":"string","maxLength":6},
          "kind":{"enum":["red","green",null]},
          "count":{"type":"integer"},
          "when":{"type":"string","format":"date-time"},
          "tags":{"type":"array","items":{"type":"boolean"},"minItems":1,"maxItems":3},
          "inner":{"$ref":"#/$defs/inner"}},
          "required":["na\"mé","kind","when","tags"],"additionalProperties":false,
          "$defs":{"inner":{"anyOf":[{"type":"null"},{"type":"object","properties":{"x":{"type":"number"}},"required":["x"]}]}}}
        """;

    const string Held = $$$"""
        "response_format":{"type":"json_schema","json_schema":{"name":"thing","schema":{{{Schema}}}}}
        """;

    [Fact]
    public async Task Post_JsonObject_AnswersOne()
    {
        var answers = await AnswersAsync("one", "\"response_format\":{\"type\":\"json_object\"}");

        Assert.NotEmpty(answers);
        Assert.All(answers, answer => Assert.Equal(JsonValueKind.Object, answer.ValueKind));
    }

    [Theory]
    [InlineData("one")]
    [InlineData("vote")]
    [InlineData("write")]
    public async Task Post_Schema_AnswersWhatItDescribes(string model)
    {
        var answers = await AnswersAsync(model, Held);

        Assert.NotEmpty(answers);
        Assert.All(answers, AssertHeld);
        Assert.True(answers.Select(answer => answer.GetRawText()).Distinct().Count() > 1);
    }

    [Fact]
    public async Task Post_Streamed_AnswersTheSame()
    {
        using var whole = await service.Http.ChatAsync("one", "go", $"{Held},\"seed\":3");
        using var streamed = await service.Http.OpenAsync("one", $"{Held},\"seed\":3");

        Assert.Equal(await whole.ReadAnswerAsync(), ChatCalls.TextOf(await streamed.ReadEventsAsync()));
    }

    [Fact]
    public async Task Batch_OfSchemas_AnswersWhatTheyDescribe()
    {
        var bad = BatchCalls.Line("bad", "one", fields: "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\"not\":{}}}}");
        var id = await service.Http.CreatedAsync(Enumerable.Range(1, 6).Select(seed => BatchCalls.Line($"k{seed}", "one", fields: $"{Held.ReplaceLineEndings("")},\"seed\":{seed}")));
        var refused = await service.Http.CreatedAsync(bad);

        var lines = await service.Http.LinesAsync(await service.Http.EndedAsync(id));

        Assert.Equal(6, lines.Count);
        Assert.All(lines, line => AssertHeld(JsonElement.Parse(line.Answer())));
        Assert.Equal("failed", (await service.Http.EndedAsync(refused)).Status());
    }

    [Fact]
    public async Task Post_CutOff_SaysLength()
    {
        using var response = await service.Http.ChatAsync("one", "go", $"{Held},\"max_tokens\":5");

        Assert.Equal("length", (await response.ReadJsonAsync()).GetProperty("choices")[0].GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task Post_ModelWithoutTheCharacters_IsTold()
    {
        using var response = await service.Http.ChatAsync("braceless", "go", Held);

        var error = await response.ReadErrorAsync(HttpStatusCode.BadRequest);

        Assert.Equal("The grammar asks for characters that the model has no token for.", error.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("\"x\"", "response_format", "expected an object")]
    [InlineData("{\"type\":\"xml\"}", "response_format.type", "'xml' is not one of 'text', 'json_object' or 'json_schema'.")]
    [InlineData("{\"type\":\"json_object\",\"schema\":{}}", "response_format.schema", "Unrecognized request argument")]
    [InlineData("{\"type\":\"json_schema\"}", "response_format.json_schema", "Missing required parameter")]
    [InlineData("{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\"}}", "response_format.json_schema.schema", "Missing required parameter")]
    [InlineData("{\"type\":\"json_schema\",\"json_schema\":{\"schema\":[]}}", "response_format.json_schema.schema", "expected an object, a JSON schema")]
    [InlineData("{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{},\"strict\":1}}", "response_format.json_schema.strict", "expected a boolean")]
    [InlineData("{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\"not\":{}}}}", "response_format", "#: the keyword 'not' cannot be enforced.")]
    [InlineData("{\"type\":\"json_object\"},\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]", "response_format", "set 'tool_choice' to 'none'")]
    public async Task Post_FormatThatCannotBe_SaysWhy(string format, string param, string problem)
    {
        using var response = await service.Http.ChatAsync("one", "go", $"\"response_format\":{format}");

        var error = await response.ReadErrorAsync(HttpStatusCode.BadRequest);

        Assert.Equal(param, error.GetProperty("param").GetString());
        Assert.Contains(problem, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ToolsThatMayNotBeCalled_AreNoHindrance()
    {
        using var response = await service.Http.ChatAsync(
            "one", "go", $"{Held},\"seed\":1,\"tool_choice\":\"none\",\"tools\":[{{\"type\":\"function\",\"function\":{{\"name\":\"f\"}}}}]");

        AssertHeld(JsonElement.Parse(await response.ReadAnswerAsync()));
    }

    /// <returns>Of twelve seeds those that came to an end.</returns>
    async Task<IReadOnlyList<JsonElement>> AnswersAsync(string model, string fields)
    {
        var ended = new List<JsonElement>();
        for (var seed = 1; seed <= 12; seed++)
        {
            using var response = await service.Http.ChatAsync(model, "go", $"{fields},\"seed\":{seed}");
            var reply = await response.ReadJsonAsync();
            Assert.True(response.IsSuccessStatusCode, reply.GetRawText());
            var choice = reply.GetProperty("choices")[0];
            if (choice.GetProperty("finish_reason").GetString() == "stop")
                ended.Add(JsonElement.Parse(choice.GetProperty("message").GetProperty("content").GetString()!));
        }

        return ended;
    }

    static void AssertHeld(JsonElement answer)
    {
        string[] order = ["na\"mé", "kind", "count", "when", "tags", "inner"];
        string[] names = [.. answer.EnumerateObject().Select(property => property.Name)];
        Assert.Equal(order.Intersect(names), names);
        // To llama.cpp four bytes may be one character that Unicode does not have; read they are four.
        Rune[] runes = [.. answer.GetProperty("na\"mé").GetString()!.EnumerateRunes()];
        if (!runes.Contains(Rune.ReplacementChar)) Assert.InRange(runes.Length, 0, 6);
        Assert.Contains(answer.GetProperty("kind").GetString(), (string?[])["red", "green", null]);
        Assert.True(answer.GetProperty("when").TryGetDateTimeOffset(out _));
        Assert.InRange(answer.GetProperty("tags").EnumerateArray().Select(tag => tag.GetBoolean()).Count(), 1, 3);
        if (answer.TryGetProperty("count", out var count)) Assert.True(count.TryGetInt64(out _));
        if (answer.TryGetProperty("inner", out var inner) && inner.ValueKind != JsonValueKind.Null) Assert.True(inner.GetProperty("x").TryGetDouble(out _));
    }
}
