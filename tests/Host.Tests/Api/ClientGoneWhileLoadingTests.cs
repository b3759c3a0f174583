using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Api;

/// <summary>Clients that hang up before their expert is loaded.</summary>
public sealed class ClientGoneWhileLoadingTests
{
    const int Clients = 20;

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Post_ClientsGone_LeaveTheQueueAndTakeNoSequence(string stream)
    {
        var loader = new FakeModelLoader { Manual = true };
        await using var service = await FakeService.StartAsync(loader);
        using var patience = new CancellationTokenSource();
        var gone = Enumerable.Range(0, Clients).Select(_ => AskAsync(service, stream, patience.Token)).ToArray();
        await loader.StartedAsync("words");
        var stays = AskAsync(service, stream, CancellationToken.None);
        await CountAsync(service, "waiting_requests", Clients + 1);

        await patience.CancelAsync();
        foreach (var call in gone) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await CountAsync(service, "waiting_requests", 1);
        loader.Complete("words");

        using var answer = await stays;
        Assert.Contains("words", await answer.Content.ReadAsStringAsync());
        await CountAsync(service, "active_requests", 0);
        await CountAsync(service, "waiting_requests", 0);
        await CountAsync(service, "loads", 1);
    }

    static Task<HttpResponseMessage> AskAsync(FakeService service, string stream, CancellationToken gone) => service.Http.PostAsync(
        "/v1/chat/completions", ChatCalls.Json(ChatCalls.Body("words", "a word", $"\"stream\":{stream}")), gone);

    /// <summary>Polls until the expert tells this number; fails after half a minute.</summary>
    static async Task CountAsync(FakeService service, string what, int expected)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await ReadAsync() != expected) await Task.Delay(TimeSpan.FromMilliseconds(5), patience.Token);

        async Task<int> ReadAsync()
        {
            using var response = await service.Http.GetAsync("/v1/models/words", patience.Token);
            return (await response.ReadJsonAsync()).GetProperty("orchestrator").GetProperty(what).GetInt32();
        }
    }
}
