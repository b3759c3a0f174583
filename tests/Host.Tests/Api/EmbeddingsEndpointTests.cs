using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using Orchestrator.Host.Tests.Retrieval;

namespace Orchestrator.Host.Tests.Api;

public sealed class EmbeddingsEndpointTests : IAsyncLifetime
{
    FakeService _service = null!;

    public async Task InitializeAsync() => _service = await EmbeddingService.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task Post_OneText_IsOpenAisReplyWithExpertAndSpace()
    {
        using var reply = await PostAsync("""{"model":"base","input":"a fever"}""");
        var json = await reply.ReadJsonAsync();

        Assert.Equal(("list", "base", EmbeddingService.Space), (Text(json, "object"), Text(json, "model"), Text(json, "space")));
        var item = Assert.Single(json.GetProperty("data").EnumerateArray());
        Assert.Equal(("embedding", 0, "base"), (Text(item, "object"), item.GetProperty("index").GetInt32(), Text(item, "expert")));
        Assert.Equal([9 / 9.1104f, 1 / 9.1104f, 1 / 9.1104f], Vector(item), new Near());
        Assert.False(item.TryGetProperty("route", out _));
        // Documents have a prefix of one word.
        Assert.Equal(3, json.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
        Assert.Equal(3, json.GetProperty("usage").GetProperty("total_tokens").GetInt32());
        Assert.Equal("base", reply.Headers.GetValues("x-orchestrator-expert").Single());
        Assert.Equal(EmbeddingService.Space, reply.Headers.GetValues("x-orchestrator-space").Single());
        Assert.Contains("embed base: doc: a fever", _service.Loader.Events);
    }

    [Fact]
    public async Task Post_Base64_IsLittleEndianSingles()
    {
        using var plain = await PostAsync("""{"model":"base","input":"a bond"}""");
        using var coded = await PostAsync("""{"model":"base","input":"a bond","encoding_format":"base64"}""");

        var bytes = (await coded.ReadJsonAsync()).GetProperty("data")[0].GetProperty("embedding").GetBytesFromBase64();
        Assert.Equal(Vector((await plain.ReadJsonAsync()).GetProperty("data")[0]), MemoryMarshal.Cast<byte, float>(bytes).ToArray());
    }

    [Fact]
    public async Task Post_Dimensions_CutAndTellASpaceOfTheirOwn()
    {
        using var cut = await PostAsync("""{"model":"base","input":"a fever","dimensions":2}""");
        using var whole = await PostAsync("""{"model":"base","input":"a fever","dimensions":3}""");
        using var more = await PostAsync("""{"model":"base","input":"a fever","dimensions":4}""");

        var json = await cut.ReadJsonAsync();
        Assert.Equal([9 / 9.0554f, 1 / 9.0554f], Vector(json.GetProperty("data")[0]), new Near());
        Assert.Equal($"{EmbeddingService.Space}/2", Text(json, "space"));
        Assert.Equal($"{EmbeddingService.Space}/2", cut.Headers.GetValues("x-orchestrator-space").Single());
        Assert.Equal(EmbeddingService.Space, Text(await whole.ReadJsonAsync(), "space"));
        var error = await more.ReadErrorAsync(HttpStatusCode.BadRequest);
        Assert.Equal("dimensions", Text(error, "param"));
        Assert.Contains("4 is more than the 3 of 'base'", Text(error, "message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_Auto_RoutesEachQueryIntoOneSpace()
    {
        using var reply = await PostAsync("""{"model":"auto","input":["a fever","a bond","the rain","another fever"]}""");
        var json = await reply.ReadJsonAsync();

        var data = json.GetProperty("data").EnumerateArray().ToArray();
        Assert.Equal(["medicine", "finance", "base", "medicine"], data.Select(item => Text(item, "expert")));
        Assert.Equal(["health", "money", "weather", "health"], data.Select(item => Text(item.GetProperty("route"), "domain")));
        Assert.All(data, item => Assert.False(item.GetProperty("route").GetProperty("fallback").GetBoolean()));
        Assert.NotEqual(0, data[0].GetProperty("route").GetProperty("reasons").GetArrayLength());
        Assert.Equal([9 / 9.0139f, 0, 0.5f / 9.0139f], Vector(data[0]), new Near());
        Assert.Equal(("auto", EmbeddingService.Space), (Text(json, "model"), Text(json, "space")));
        Assert.Equal("medicine,finance,base", reply.Headers.GetValues("x-orchestrator-expert").Single());
        Assert.Contains("embed medicine: med: a fever|med: another fever", _service.Loader.Events);
        // The base's four texts of two words each, and those that were embedded again.
        Assert.Equal(8 + 6 + 2, json.GetProperty("usage").GetProperty("total_tokens").GetInt32());
    }

    [Fact]
    public async Task Post_AutoWithDocuments_IsTheBase()
    {
        using var reply = await PostAsync("""{"model":"auto","input":["a fever"],"input_type":"document"}""");

        Assert.Equal("base", Text(await reply.ReadJsonAsync(), "model"));
        Assert.Contains("embed base: doc: a fever", _service.Loader.Events);
    }

    [Fact]
    public async Task Post_QueryExpert_EmbedsQueriesAlone()
    {
        using var query = await PostAsync("""{"model":"medicine","input":"a fever"}""");
        using var document = await PostAsync("""{"model":"medicine","input":"a fever","input_type":"document"}""");

        Assert.Equal(EmbeddingService.Space, Text(await query.ReadJsonAsync(), "space"));
        var error = await document.ReadErrorAsync(HttpStatusCode.BadRequest);
        Assert.Contains("embedded by 'base'", Text(error, "message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"input":"a"}""", "model", "Missing required parameter: 'model'")]
    [InlineData("""{"model":"base"}""", "input", "Missing required parameter: 'input'")]
    [InlineData("""{"model":"base","input":[]}""", "input", "0 texts, allowed are 1 to 2048")]
    [InlineData("""{"model":"base","input":{}}""", "input", "a string or an array of strings")]
    [InlineData("""{"model":"base","input":["a",""]}""", "input[1]", "empty text")]
    [InlineData("""{"model":"base","input":[1,2]}""", "input[0]", "not supported as tokens")]
    [InlineData("""{"model":"base","input":[[1,2]]}""", "input[0]", "not supported as tokens")]
    [InlineData("""{"model":"base","input":["a",null]}""", "input[1]", "expected a string")]
    [InlineData("""{"model":"base","input":"a","encoding_format":"hex"}""", "encoding_format", "one of float, base64")]
    [InlineData("""{"model":"base","input":"a","input_type":"image"}""", "input_type", "one of query, document")]
    [InlineData("""{"model":"base","input":"a","dimensions":0}""", "dimensions", "an integer from 1")]
    [InlineData("""{"model":"base","input":"a","temperature":1}""", "temperature", "Unrecognized")]
    [InlineData("""{"model":"answers","input":"a"}""", "model", "those that do are auto, base, medicine, finance, other")]
    [InlineData("""[]""", null, "must be a JSON object")]
    public async Task Post_BadRequest_NamesTheFieldAndWhatIsAllowed(string body, string? param, string said)
    {
        using var reply = await PostAsync(body);

        var error = await reply.ReadErrorAsync(HttpStatusCode.BadRequest);
        Assert.Equal(param, error.GetProperty("param").GetString());
        Assert.Contains(said, Text(error, "message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_TooManyInputs_AreRefused()
    {
        using var most = await PostAsync(Many(2048));
        using var more = await PostAsync(Many(2049));

        Assert.Equal(2048, (await most.ReadJsonAsync()).GetProperty("data").GetArrayLength());
        await more.ReadErrorAsync(HttpStatusCode.BadRequest);

        static string Many(int count) => JsonSerializer.Serialize(new { model = "base", input = Enumerable.Repeat("a", count) });
    }

    [Fact]
    public async Task Post_TextTooLong_SaysWhichHowManyAndHowManyMayBe()
    {
        var body = JsonSerializer.Serialize(new { model = "base", input = new[] { "short", string.Join(' ', Enumerable.Repeat("w", 30)) } });
        using var reply = await PostAsync(body);

        var error = await reply.ReadErrorAsync(HttpStatusCode.BadRequest);
        Assert.Equal(("input", "context_length_exceeded"), (Text(error, "param"), Text(error, "code")));
        Assert.Contains("at most 20 tokens. However, text 1 has 31.", Text(error, "message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_UnknownModel_ListsThoseThatEmbed()
    {
        using var reply = await PostAsync("""{"model":"nobody","input":"a"}""");

        var error = await reply.ReadErrorAsync(HttpStatusCode.NotFound);
        Assert.Equal("The model 'nobody' does not exist. Available: auto, base, medicine, finance, other.", Text(error, "message"));
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/route")]
    public async Task Post_ChatToAnExpertThatEmbeds_SaysWhere(string path)
    {
        using var reply = await _service.Http.PostAsync(path, ChatCalls.Json(ChatCalls.Body("base", "hello", "\"stream\":true")));

        var error = await reply.ReadErrorAsync(HttpStatusCode.BadRequest);
        Assert.Equal("model", Text(error, "param"));
        Assert.Contains("/v1/embeddings", Text(error, "message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ChatToPolicies_NeverRecruitsWhatEmbeds()
    {
        for (var i = 0; i < 5; i++)
        {
            using var reply = await _service.Http.ChatAsync("auto", $"question {i}");
            Assert.Equal("answers", reply.Headers.GetValues("x-orchestrator-expert").Single());
        }
    }

    [Fact]
    public async Task GetModels_ExpertThatEmbeds_TellsPurposeSpaceAndDimensions()
    {
        var medicine = (await (await _service.Http.GetAsync("/v1/models/medicine")).ReadJsonAsync()).GetProperty("orchestrator");
        var answers = (await (await _service.Http.GetAsync("/v1/models/answers")).ReadJsonAsync()).GetProperty("orchestrator");

        Assert.Equal(("embed", EmbeddingService.Space, "base"), (Text(medicine, "purpose"), Text(medicine, "space"), Text(medicine, "queries_for")));
        Assert.Equal(128, medicine.GetProperty("dimensions").GetInt32());
        Assert.Equal("answer", Text(answers, "purpose"));
        Assert.False(answers.TryGetProperty("space", out _));
    }

    Task<HttpResponseMessage> PostAsync(string body) => _service.Http.PostAsync("/v1/embeddings", ChatCalls.Json(body));

    static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    static float[] Vector(JsonElement item) => [.. item.GetProperty("embedding").EnumerateArray().Select(number => number.GetSingle())];

    sealed class Near : IEqualityComparer<float>
    {
        public bool Equals(float x, float y) => MathF.Abs(x - y) < 1e-4;

        public int GetHashCode(float obj) => 0;
    }
}
