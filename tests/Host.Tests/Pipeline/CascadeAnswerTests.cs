using System.Globalization;
using System.Runtime.CompilerServices;
using Orchestrator.Experts;
using Orchestrator.Host.Pipeline;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Router.Routing;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Pipeline;

/// <summary>A policy with evidence over two experts, of whom the text prefers <c>a</c>.</summary>
public sealed class CascadeAnswerTests
{
    const string Yaml = """
        memory: { budget: 64MiB }
        router: { outcomes: outcomes.jsonl, evidence: evidence.jsonl }
        policies:
          sure: { strategy: best-single, evidence: 2 }
          first: { strategy: best-single }
        experts:
          - { id: a, file: model.gguf }
          - { id: b, file: twin.gguf }
        """;

    [Fact]
    public async Task Post_FirstIsSure_AsksNobodyElse()
    {
        await using var service = await StartAsync(a: -0.01f, b: -0.01f);

        using var response = await service.Http.ChatAsync("sure", "What is 3 squared?");

        Assert.Equal("a", await response.ReadAnswerAsync());
        Assert.Equal("a", Header(response, "x-orchestrator-asked"));
        Assert.True(double.Parse(Header(response, "x-orchestrator-confidence"), CultureInfo.InvariantCulture) > 0.8);
        Assert.Equal([1, 0], service.Now.Pool.Snapshot().Select(expert => expert.Served));
    }

    [Fact]
    public async Task Post_FirstIsInDoubt_TheNextIsBelieved()
    {
        await using var service = await StartAsync(a: -3, b: -0.01f);

        using var response = await service.Http.ChatAsync("sure", "What is 3 squared?");
        var reply = await response.ReadJsonAsync();

        Assert.Equal("b", reply.GetProperty("model").GetString());
        Assert.Equal("b", reply.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal(2, reply.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        Assert.Equal(("a,b", "b"), (Header(response, "x-orchestrator-asked"), Header(response, "x-orchestrator-expert")));
    }

    [Fact]
    public async Task Post_StreamWithTheFirstInDoubt_ShowsTheBelievedAnswerOnly()
    {
        await using var service = await StartAsync(a: -3, b: -0.01f);

        using var response = await service.Http.ChatAsync("sure", "What is 3 squared?", "\"stream\":true");

        Assert.Equal("b", ChatCalls.TextOf(await response.ReadEventsAsync()));
    }

    [Fact]
    public async Task Post_ModelsTellNoProbabilities_TheFirstIsTaken()
    {
        await using var service = await StartAsync(new FakeModelLoader());

        using var response = await service.Http.ChatAsync("sure", "What is 3 squared?");

        Assert.Equal("a", await response.ReadAnswerAsync());
    }

    [Fact]
    public async Task Post_PolicyWithoutEvidence_BelievesTheFirst()
    {
        await using var service = await StartAsync(a: -3, b: -0.01f);

        using var response = await service.Http.ChatAsync("first", "What is 3 squared?");

        Assert.Equal("a", await response.ReadAnswerAsync());
        Assert.False(response.Headers.Contains("x-orchestrator-asked"));
    }

    [Fact]
    public void Candidates_OthersThatAreLoaded_ComeBeforeThoseThatAreNot()
    {
        RankedExpert[] ranked = [new("a", 0.9, 1), new("b", 0.5, 1), new("c", 0.4, 1), new("d", 0.3, 1)];
        ExpertSnapshot[] experts =
        [
            new() { Id = "c", Residency = Residency.Resident }, new() { Id = "b", Residency = Residency.Cold },
            new() { Id = "d", Residency = Residency.Resident },
        ];

        Assert.Equal(["a", "c", "b"], CascadeAnswer.Candidates(ranked, experts, most: 3).Select(expert => expert.Expert));
    }

    static Task<FakeService> StartAsync(float a, float b) => StartAsync(new FakeModelLoader { Generation = Scored(a, b) });

    static async Task<FakeService> StartAsync(FakeModelLoader loader)
    {
        bool[] right = [.. Enumerable.Range(0, 60).Select(i => i % 12 != 0)];
        var outcomes = right.Select((first, i) =>
            $$"""{"id":"q{{i}}","question":"What is {{i}} squared?","skills":[],"scores":[{{(first ? 1 : 0)}},{{(first ? 0 : 1)}}],"tokens":[1,1]}""");
        var evidence = right.Select((first, i) =>
            $$"""{"id":"q{{i}}","least":[{{(first ? "-0.01,-3" : "-3,-0.01")}}],"mean":[-0.1,-0.1]}""");
        var service = await FakeService.StartOnAsync(
            Yaml, loader,
            ("outcomes.jsonl", string.Join('\n', [.. (string[])["""{"version":1,"source":"q","experts":["a","b"]}"""], .. outcomes])),
            ("evidence.jsonl", string.Join('\n', [.. (string[])["""{"version":1,"source":"q","experts":["a","b"]}"""], .. evidence])));
        await service.Now.Cascades.FittedAsync();
        return service;
    }

    /// <summary>Each says its id, in one token of that log-probability.</summary>
    static FakeGeneration Scored(float a, float b)
    {
        return Say;

        async IAsyncEnumerable<GenerationChunk> Say(
            string expert, GenerationRequest request, CancellationToken closed, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            yield return new GenerationChunk(expert);
            yield return new GenerationChunk("", FinishReason.Stop, new TokenUsage(1, 1))
            {
                Scores = request.ScoreAnswer ? new GenerationScores([], [new TokenScore(expert == "a" ? a : b, 0, 0)]) : null,
            };
        }
    }

    static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();
}
