using System.Net;
using System.Text.Json;

namespace Orchestrator.Host.Tests.Api;

[Collection(ZooCollection.Name)]
public sealed class EndpointsTests(ZooService zoo)
{
    [Fact]
    public async Task Health_Always_IsOk() =>
        Assert.Equal("ok", (await GetAsync("/health")).GetProperty("status").GetString());

    [Fact]
    public async Task Ready_AfterStart_CountsExperts()
    {
        var ready = await GetAsync("/ready");

        Assert.Equal("ready", ready.GetProperty("status").GetString());
        Assert.True(ready.GetProperty("experts").GetInt32() >= 10);
        Assert.Equal(0, ready.GetProperty("quarantined").GetInt32());
    }

    [Fact]
    public async Task Models_Zoo_ListsPoliciesAndExperts()
    {
        var models = (await GetAsync("/v1/models")).GetProperty("data").EnumerateArray().ToList();

        Assert.Contains(models, model => Id(model) == "auto" && Kind(model) == "policy");
        var generalist = Assert.Single(models, model => Id(model) == "generalist");
        Assert.Equal("expert", Kind(generalist));
        Assert.Equal("llama", generalist.GetProperty("orchestrator").GetProperty("facts").GetProperty("architecture").GetString());
        Assert.All(models, model => Assert.Equal("model", model.GetProperty("object").GetString()));
    }

    [Fact]
    public async Task Models_ById_IsTheSameEntry() =>
        Assert.Equal("auto", Id(await GetAsync("/v1/models/auto")));

    [Theory]
    [InlineData("GET", "/v1/models/nobody", HttpStatusCode.NotFound, "model_not_found")]
    [InlineData("GET", "/v1/nothing", HttpStatusCode.NotFound, "unknown_url")]
    [InlineData("GET", "/v1/chat/completions", HttpStatusCode.MethodNotAllowed, "method_not_allowed")]
    [InlineData("DELETE", "/v1/models", HttpStatusCode.MethodNotAllowed, "method_not_allowed")]
    public async Task Request_ThatCannotBeServed_HasTheEnvelope(string method, string path, HttpStatusCode status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await zoo.Http.SendAsync(request);

        Assert.Equal(code, (await response.ReadErrorAsync(status)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Route_Question_IsThePlanThatChatFollows()
    {
        const string Question = "What is the capital of Finland?";
        using var routed = await zoo.Http.PostAsync("/v1/route", ChatCalls.Json(ChatCalls.Body("auto", Question)));
        using var answered = await zoo.Http.ChatAsync("auto", Question);
        var plan = await routed.ReadJsonAsync();

        Assert.Equal("auto", plan.GetProperty("policy").GetString());
        Assert.Equal(plan.GetProperty("primary").GetString(), plan.GetProperty("panel")[0].GetString());
        Assert.Equal(plan.GetProperty("primary").GetString(), (await answered.ReadJsonAsync()).GetProperty("model").GetString());
        Assert.True(plan.GetProperty("ranked").GetArrayLength() >= 10);
        Assert.NotEmpty(plan.GetProperty("reasons").EnumerateArray());
    }

    [Theory]
    [InlineData("auto", null, true)]
    [InlineData("auto", "allow", true)]
    [InlineData("auto", "never", false)]
    [InlineData("abacus", "never", false)]
    public async Task Route_VariantHeader_IsInThePlan(string model, string? header, bool allows)
    {
        using var routed = await RouteAsync(model, header);

        Assert.Equal(allows, (await routed.ReadJsonAsync()).GetProperty("allow_variants").GetBoolean());
    }

    [Fact]
    public async Task Route_MisspeltVariantHeader_Is400NamingItAndWhatIsAllowed()
    {
        using var routed = await RouteAsync("auto", "nevr");
        var error = await routed.ReadErrorAsync(HttpStatusCode.BadRequest);

        Assert.Equal("x-orchestrator-variants", error.GetProperty("param").GetString());
        Assert.Contains("never, allow", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Route_SkillsHeader_IsWhatThePanelIsDrawnBy()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/route");
        request.Content = ChatCalls.Json(ChatCalls.Body("symbolic-moe", "Hello"));
        request.Headers.Add("x-orchestrator-skills", "Roman, juggling");
        using var routed = await zoo.Http.SendAsync(request);
        var plan = await routed.ReadJsonAsync();
        var reasons = plan.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()!).ToList();

        Assert.Contains("Skills as given: roman.", reasons);
        Assert.Contains(reasons, reason => reason.StartsWith("Unknown skills, below 0.5: 'juggling' (nearest is ", StringComparison.Ordinal));
        Assert.Equal(plan.GetProperty("primary").GetString(), plan.GetProperty("panel")[0].GetString());
        Assert.InRange(plan.GetProperty("panel").GetArrayLength(), 1, 3);
    }

    [Theory]
    [InlineData("trace-7.a", true)]
    [InlineData("has space", false)]
    public async Task RequestId_FromTheCaller_IsKeptWhenItIsAToken(string given, bool kept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health");
        request.Headers.TryAddWithoutValidation("x-request-id", given);
        using var response = await zoo.Http.SendAsync(request);

        Assert.Equal(kept, response.Headers.GetValues("x-request-id").Single() == given);
    }

    async Task<HttpResponseMessage> RouteAsync(string model, string? variants)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/route")
        {
            Content = ChatCalls.Json(ChatCalls.Body(model, "What is 17 + 25?")),
        };
        if (variants is not null) request.Headers.Add("x-orchestrator-variants", variants);
        return await zoo.Http.SendAsync(request);
    }

    async Task<JsonElement> GetAsync(string path)
    {
        using var response = await zoo.Http.GetAsync(path);
        response.EnsureSuccessStatusCode();
        return await response.ReadJsonAsync();
    }

    static string? Id(JsonElement model) => model.GetProperty("id").GetString();

    static string? Kind(JsonElement model) => model.GetProperty("orchestrator").GetProperty("kind").GetString();
}
