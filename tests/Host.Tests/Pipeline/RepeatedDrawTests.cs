using System.Collections.Concurrent;
using System.Text.Json;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Pipeline;

/// <summary>A panel in which one expert stands several times.</summary>
public sealed class RepeatedDrawTests
{
    const string Yaml = """
        memory: { budget: 64MiB }
        router: { outcomes: outcomes.jsonl }
        policies:
          first: { strategy: symbolic-moe, panel: 3, replacement: true }
          vote: { strategy: symbolic-moe, panel: 3, replacement: true, aggregator: vote }
        experts:
          - { id: a, file: model.gguf }
        """;

    const string Outcomes = """
        {"version":1,"source":"test","experts":["a"]}
        {"id":"1","question":"go","skills":["going"],"scores":[1],"tokens":[1]}
        """;

    [Theory]
    [InlineData("first", 2)]
    [InlineData("vote", 3)]
    public async Task Post_ExpertDrawnThrice_IsAskedThriceAndAllOfItIsCounted(string policy, int beside)
    {
        var seeds = new ConcurrentBag<uint?>();
        var loader = new FakeModelLoader
        {
            Generation = (expert, request, closed, cancellationToken) =>
            {
                seeds.Add(request.Sampling?.Seed);
                return FakeGenerations.SayId(expert, request, closed, cancellationToken);
            },
        };
        await using var service = await FakeService.StartOnAsync(Yaml, loader, ("outcomes.jsonl", Outcomes));

        var reply = await (await service.Http.ChatAsync(policy, "go", "\"seed\":7")).ReadJsonAsync();

        Assert.Equal([7, 8, 9], seeds.Select(seed => (long)seed!).Order());
        Assert.Equal(3, reply.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
        var told = reply.GetProperty("orchestrator");
        Assert.Equal(3, told.GetProperty("cost").GetProperty("calls").GetInt32());
        Assert.Equal(beside, told.GetProperty("panel").GetArrayLength());
    }
}
