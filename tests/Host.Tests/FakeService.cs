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

    FakeService(FakeModelLoader loader, string settings)
    {
        Loader = loader;
        foreach (var file in (string[])["model.gguf", "twin.gguf"])
            File.WriteAllBytes(_folder.File(file), TinyGguf.Saying("fine").ToBytes());
        File.WriteAllText(_folder.File("orchestrator.yaml"), settings);
        _service = new ZooService(_folder.File("orchestrator.yaml"), services => services
            .AddSingleton<IModelLoader>(loader)
            .AddSingleton<IModelTrial>(new FakeTrial()));
    }

    public FakeModelLoader Loader { get; }

    public HttpClient Http => _service.Http;

    /// <summary>Experts <c>maths</c>, <c>words</c> (pinned when told so) and <c>gone</c>, whose file is missing.</summary>
    public static async Task<FakeService> StartAsync(FakeModelLoader? loader = null, string scheduler = "", bool pinned = false)
    {
        var service = new FakeService(
            loader ?? new FakeModelLoader(),
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
            """);
        await service._service.InitializeAsync();
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }
}
