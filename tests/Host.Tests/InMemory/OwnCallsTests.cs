using System.Net;
using System.Text;
using Orchestrator.Host.InMemory;

namespace Orchestrator.Host.Tests.InMemory;

/// <summary>The real service, entered from its own process.</summary>
[Collection(ZooCollection.Name)]
public sealed class OwnCallsTests(ZooService zoo) : IDisposable
{
    readonly HttpClient _http = new(new InMemoryHandler(zoo.Entrance)) { BaseAddress = Entrance.Address };

    [Fact]
    public async Task Chat_Streamed_IsTheSameAsOverHttp()
    {
        using var here = await _http.OpenAsync("auto", "\"seed\":1,\"temperature\":0");
        using var there = await zoo.Http.OpenAsync("auto", "\"seed\":1,\"temperature\":0");

        Assert.Equal(ChatCalls.TextOf(await there.ReadEventsAsync()), ChatCalls.TextOf(await here.ReadEventsAsync()));
        Assert.Equal(there.Headers.GetValues("x-orchestrator-expert"), here.Headers.GetValues("x-orchestrator-expert"));
        Assert.Equal(there.Content.Headers.ContentType, here.Content.Headers.ContentType);
    }

    [Fact]
    public async Task Request_Unknown_IsRefusedInTheEnvelope()
    {
        using var response = await _http.GetAsync("/v1/nothing");

        var error = await response.ReadErrorAsync(HttpStatusCode.NotFound);
        Assert.Equal("unknown_url", error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Feedback_WithoutAnAddress_IsTakenAsLocal()
    {
        using var response = await _http.PostAsync("/v1/feedback", ChatCalls.Json("""{"request_id":"chatcmpl-unknown","score":1}"""));

        await response.ReadErrorAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Upload_AFileThatIsNone_IsRefusedWithoutReadingItsEnd()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("fine-tune"), "purpose" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes("{}")), "file", "a.jsonl" },
        };

        using var response = await _http.PostAsync("/v1/files", form);

        var error = await response.ReadErrorAsync(HttpStatusCode.BadRequest);
        Assert.Equal("purpose", error.GetProperty("param").GetString());
    }

    public void Dispose() => _http.Dispose();
}
