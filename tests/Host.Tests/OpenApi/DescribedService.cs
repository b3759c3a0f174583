using System.Text.Json;
using Orchestrator.Host.OpenApi;
using Orchestrator.Host.Tests.Retrieval;

namespace Orchestrator.Host.Tests.OpenApi;

/// <summary>A service with experts of all kinds, and both forms of its description.</summary>
public sealed class DescribedService : IAsyncLifetime
{
    FakeService _service = null!;

    public HttpClient Http => _service.Http;

    internal IServiceProvider Services => _service.Services;

    public string Usual { get; private set; } = "";

    public string Newer { get; private set; } = "";

    public JsonElement Document => JsonDocument.Parse(Usual).RootElement;

    /// <summary>Path, method and description of all operations.</summary>
    public IEnumerable<(string Path, string Method, JsonElement Operation)> Operations =>
        from path in Document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (path.Name, operation.Name, operation.Value);

    public async Task InitializeAsync()
    {
        // Files, batches and feedback in folders of its own: several services of these tests run at once.
        _service = await EmbeddingService.StartOnAsync(
            $"jobs: {{ folder: jobs }}\nretrieval: {{ pilots: pilots.json, collections: collections }}\n{EmbeddingService.Experts}\n",
            pilots: EmbeddingService.Library());
        Usual = await Http.GetStringAsync(DescriptionEndpoints.Usual);
        Newer = await Http.GetStringAsync(DescriptionEndpoints.Newer);
    }

    public async Task DisposeAsync() => await _service.DisposeAsync();
}
