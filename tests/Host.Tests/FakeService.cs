using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Experts.Loading;
using Orchestrator.Experts.Trial;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests;

/// <summary>The real service on a free port, over experts that are told what to do.</summary>
sealed class FakeService : IAsyncDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly ZooService _service;

    FakeService(FakeModelLoader loader, string settings, (string Name, string Text)[] files)
    {
        Loader = loader;
        foreach (var (name, text) in files) File.WriteAllText(_folder.File(name), text);
        foreach (var file in (string[])["model.gguf", "twin.gguf"])
            File.WriteAllBytes(_folder.File(file), TinyGguf.Saying("fine").ToBytes());
        File.WriteAllText(_folder.File("orchestrator.yaml"), settings);
        _service = new ZooService(_folder.File("orchestrator.yaml"), services => services
            .AddSingleton<IModelLoader>(loader)
            .AddSingleton<IModelTrial>(new FakeTrial()));
    }

    public FakeModelLoader Loader { get; }

    public HttpClient Http => _service.Http;

    public string ConfigPath => _folder.File("orchestrator.yaml");

    internal IServiceProvider Services => _service.Services;

    internal Host.Composition.Service Now => _service.Service;

    /// <summary>Where the first request to <paramref name="held"/> goes on until its client leaves.</summary>
    public static Task<FakeService> StartHoldingAsync(string held, string yaml) =>
        StartOnAsync(yaml, new FakeModelLoader { Generation = FakeGenerations.FirstHangs(held) });

    /// <summary>With a configuration of its own, whose files may be <c>model.gguf</c> and <c>twin.gguf</c>.</summary>
    /// <param name="files">Others that it names.</param>
    public static async Task<FakeService> StartOnAsync(string yaml, FakeModelLoader loader, params (string Name, string Text)[] files)
    {
        var service = new FakeService(loader, yaml, files);
        await service._service.InitializeAsync();
        return service;
    }

    /// <summary>Experts <c>maths</c>, <c>words</c> (pinned when told so) and <c>gone</c>, whose file is missing.</summary>
    public static Task<FakeService> StartAsync(FakeModelLoader? loader = null, string scheduler = "", bool pinned = false) => StartOnAsync(
        $"""
        memory:
          budget: 64MiB
        {(scheduler.Length > 0 ? $"scheduler:\n  {scheduler}" : "")}
        experts:
          - id: maths
            file: model.gguf
            variants:
              - name: q4
                file: twin.gguf
          - id: words
            file: model.gguf
            pin: {(pinned ? "true" : "false")}
          - id: gone
            file: gone.gguf
        """,
        loader ?? new FakeModelLoader());

    /// <summary>Begins a stream and returns with the headers.</summary>
    public Task<HttpResponseMessage> OpenAsync(string model, string fields = "") => Http.OpenAsync(model, fields);

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }
}
