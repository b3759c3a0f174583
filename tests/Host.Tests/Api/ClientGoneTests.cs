using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Api;

/// <summary>Clients that hang up in the middle of an answer that would go on for thousands of tokens.</summary>
public sealed class ClientGoneTests : IAsyncLifetime
{
    const int Clients = 64;
    readonly TemporaryFolder _folder = new();
    readonly ZooService _service;

    public ClientGoneTests()
    {
        TinyGguf.Saying("abcdef", ends: false, context: 8192).Save(_folder.Path, "endless.gguf");
        var config = _folder.File("orchestrator.yaml");
        File.WriteAllText(config, $"""
            engine:
              threads: 1
            experts:
              - id: endless
                file: endless.gguf
                max_sequences: {Clients}
            """);
        _service = new ZooService(config);
    }

    public Task InitializeAsync() => _service.InitializeAsync();

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Stream_HalfOfTheClientsGone_FreesTheirSequencesAndServesTheRest()
    {
        var streams = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => OpenAsync()));
        Assert.Equal(Clients, Active());

        foreach (var stream in streams[..32]) stream.Dispose();

        await BecomesAsync(32);
        foreach (var stream in streams[32..])
            for (var line = 0; line < 200; line++)
                Assert.NotNull(await stream.ReadLineAsync());

        foreach (var stream in streams[32..]) stream.Dispose();
        await BecomesAsync(0);
    }

    [Fact]
    public async Task Post_ClientGoneBeforeTheAnswer_FreesTheSequence()
    {
        using var patience = new CancellationTokenSource();
        var call = _service.Http.PostAsync("/v1/chat/completions", ChatCalls.Json(ChatCalls.Body("endless", "go")), patience.Token);
        await BecomesAsync(1);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await BecomesAsync(0);
    }

    async Task<StreamReader> OpenAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = ChatCalls.Json(ChatCalls.Body("endless", "go", "\"stream\":true")),
        };
        var response = await _service.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.StartsWith("data: ", await reader.ReadLineAsync());
        return reader;
    }

    int Active() => _service.Service.Pool.Snapshot().Sum(expert => expert.ActiveRequests);

    async Task BecomesAsync(int active)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Active() != active) await Task.Delay(TimeSpan.FromMilliseconds(5), patience.Token);
    }
}
