using System.Net;
using Orchestrator.Router.Pilots;

namespace Orchestrator.Host.Tests.Retrieval;

public sealed class PilotReloadTests
{
    [Fact]
    public async Task Reload_PilotsThatChanged_RouteAnew()
    {
        await using var service = await EmbeddingService.StartAsync();
        Assert.Equal("medicine", await ExpertAsync(service, "a fever"));
        await WriteAsync(service, EmbeddingService.Text(EmbeddingService.Library().Without("medicine").With("finance", [new("all", "finance", [1, 0, 0], 9)])));

        using var reply = await service.Http.PostAsync("/reload", null);

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal("finance", await ExpertAsync(service, "a fever"));
    }

    [Fact]
    public async Task Reload_PilotsOfAnotherSpace_AreRefusedAndTheOldStay()
    {
        await using var service = await EmbeddingService.StartAsync();
        await WriteAsync(service, EmbeddingService.Text(new PilotLibrary("base@000000000000", "base", [new("all", "base", [1, 0, 0], 9)])));

        using var reply = await service.Http.PostAsync("/reload", null);

        var error = await reply.ReadErrorAsync(HttpStatusCode.BadRequest);
        Assert.Contains("are of the space 'base@000000000000'", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("medicine", await ExpertAsync(service, "a fever"));
    }

    static Task WriteAsync(FakeService service, string text) =>
        File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(service.ConfigPath)!, "pilots.json"), text);

    static async Task<string> ExpertAsync(FakeService service, string query)
    {
        using var reply = await service.Http.PostAsync("/v1/embeddings", ChatCalls.Json($$"""{"model":"auto","input":"{{query}}"}"""));
        return reply.Headers.GetValues("x-orchestrator-expert").Single();
    }
}
