using System.Net;
using System.Text.Json;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Api;

public sealed class LoadEndpointsTests
{
    [Fact]
    public async Task Load_ColdExpert_RepliesOnceItIsResident()
    {
        var loader = new FakeModelLoader { Manual = true };
        await using var service = await FakeService.StartAsync(loader);

        var load = PostAsync(service, "load", "maths");
        await loader.StartedAsync("maths");
        var loading = Assert.Single(await RunningAsync(service));
        Assert.False(load.IsCompleted);
        loader.Complete("maths");
        using var loaded = await load;
        var resident = Assert.Single(await RunningAsync(service));

        Assert.Equal("""{"success":true}""", await loaded.Content.ReadAsStringAsync());
        Assert.Equal("loading", loading.GetProperty("state").GetString());
        Assert.Equal("maths", resident.GetProperty("model").GetString());
        Assert.Equal("resident", resident.GetProperty("state").GetString());
        Assert.Equal(100, resident.GetProperty("resident_bytes").GetInt64());
        Assert.Equal(0, resident.GetProperty("active_requests").GetInt32());
        Assert.Equal(0, resident.GetProperty("waiting_requests").GetInt32());
    }

    [Fact]
    public async Task Unload_AnsweringExpert_DrainsAndDoesNotKill()
    {
        await using var service = await FakeService.StartAsync(new FakeModelLoader { Generation = FakeGenerations.Hang });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = ChatCalls.Json(ChatCalls.Body("maths", "1 + 1?", "\"stream\":true")),
        };
        var answer = await service.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        using var unloaded = await PostAsync(service, "unload", "maths");
        await EventuallyAsync(async () => (await RunningAsync(service)).Single().GetProperty("state").GetString() == "draining");
        var draining = Assert.Single(await RunningAsync(service));
        Assert.DoesNotContain("unloaded maths", service.Loader.Events);
        answer.Dispose();

        await EventuallyAsync(async () => (await RunningAsync(service)).Count == 0);
        Assert.Equal(HttpStatusCode.OK, unloaded.StatusCode);
        Assert.Equal(1, draining.GetProperty("active_requests").GetInt32());
        Assert.Equal("unloaded maths", service.Loader.Events[^1]);
    }

    [Theory]
    [InlineData("load", "nobody", HttpStatusCode.NotFound, "does not exist")]
    [InlineData("unload", "nobody", HttpStatusCode.NotFound, "does not exist")]
    [InlineData("load", "auto", HttpStatusCode.BadRequest, "is a policy")]
    [InlineData("unload", "auto", HttpStatusCode.BadRequest, "is a policy")]
    [InlineData("load", "", HttpStatusCode.BadRequest, "with the id of an expert")]
    [InlineData("load", "gone", HttpStatusCode.ServiceUnavailable, "out of service")]
    [InlineData("unload", "words", HttpStatusCode.BadRequest, "pinned")]
    public async Task Call_ThatCannotBeDone_SaysWhy(string verb, string model, HttpStatusCode status, string why)
    {
        await using var service = await FakeService.StartAsync(pinned: true);

        using var response = await PostAsync(service, verb, model);

        Assert.Contains(why, (await response.ReadErrorAsync(status)).GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"maths\"")]
    [InlineData("{}")]
    [InlineData("""{"model":null}""")]
    [InlineData("""{"model":1}""")]
    [InlineData("""{"model":["maths"]}""")]
    [InlineData("""{"model":"maths","model":"maths"}""")]
    [InlineData("""{"model":"\ud800"}""")]
    public async Task Call_BadBody_Is400InTheEnvelope(string body)
    {
        await using var service = await FakeService.StartAsync();

        foreach (var verb in (string[])["load", "unload"])
        {
            using var response = await service.Http.PostAsync($"/models/{verb}", ChatCalls.Json(body));
            Assert.Equal("invalid_request_error", (await response.ReadErrorAsync(HttpStatusCode.BadRequest)).GetProperty("type").GetString());
        }

        Assert.Empty(service.Loader.Events);
    }

    [Fact]
    public async Task Load_ClientGoneWhileItLoads_LoadsOnAndWaitsForNobody()
    {
        var loader = new FakeModelLoader { Manual = true };
        await using var service = await FakeService.StartAsync(loader);
        using var patience = new CancellationTokenSource();
        var load = service.Http.PostAsync("/models/load", ChatCalls.Json("""{"model":"maths"}"""), patience.Token);
        await loader.StartedAsync("maths");

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => load);
        await EventuallyAsync(async () => (await RunningAsync(service)).Single().GetProperty("waiting_requests").GetInt32() == 0);
        loader.Complete("maths");

        await EventuallyAsync(async () => (await RunningAsync(service)).Single().GetProperty("state").GetString() == "resident");
    }

    [Fact]
    public async Task Unload_ColdExpert_IsNoError()
    {
        await using var service = await FakeService.StartAsync();

        using var response = await PostAsync(service, "unload", "maths");

        Assert.Equal("""{"success":true}""", await response.Content.ReadAsStringAsync());
    }

    static Task<HttpResponseMessage> PostAsync(FakeService service, string verb, string model) =>
        service.Http.PostAsync($"/models/{verb}", ChatCalls.Json($$"""{"model":"{{model}}"}"""));

    static async Task<List<JsonElement>> RunningAsync(FakeService service)
    {
        using var response = await service.Http.GetAsync("/running");
        response.EnsureSuccessStatusCode();
        return [.. (await response.ReadJsonAsync()).GetProperty("running").EnumerateArray()];
    }

    static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await condition()) await Task.Delay(TimeSpan.FromMilliseconds(10), patience.Token);
    }
}
