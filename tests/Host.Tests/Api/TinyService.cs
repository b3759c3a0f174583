using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Api;

/// <summary>The real service over models of a few kilobytes, with the configuration of one test.</summary>
sealed class TinyService : IAsyncDisposable
{
    readonly TemporaryFolder _folder;
    readonly ZooService _service;

    TinyService(TemporaryFolder folder, ZooService service) => (_folder, _service) = (folder, service);

    public HttpClient Http => _service.Http;

    public string ConfigPath => _folder.File("orchestrator.yaml");

    internal Host.Composition.Service Now => _service.Service;

    /// <summary>The files <c>endless.gguf</c>, which goes on for thousands of tokens, and <c>abc.gguf</c> and <c>xyz.gguf</c>, which say so.</summary>
    public static async Task<TinyService> StartAsync(string yaml)
    {
        var folder = new TemporaryFolder();
        TinyGguf.Saying("abcdef", ends: false, context: 8192).Save(folder.Path, "endless.gguf");
        TinyGguf.Saying("abc").Save(folder.Path, "abc.gguf");
        TinyGguf.Saying("xyz").Save(folder.Path, "xyz.gguf");
        File.WriteAllText(folder.File("orchestrator.yaml"), yaml);
        var service = new TinyService(folder, new ZooService(folder.File("orchestrator.yaml")));
        await service._service.InitializeAsync();
        return service;
    }

    /// <summary>Begins a stream and returns with the headers.</summary>
    public Task<HttpResponseMessage> OpenAsync(string model, string fields = "") => Http.OpenAsync(model, fields);

    /// <summary>Polls until it holds; fails after half a minute.</summary>
    public static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!holds()) await Task.Delay(TimeSpan.FromMilliseconds(5), patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }
}
