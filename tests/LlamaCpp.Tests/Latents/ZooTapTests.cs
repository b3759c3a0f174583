using System.Text.Json;
using Orchestrator.TestKit;

namespace Orchestrator.LlamaCpp.Tests.Latents;

/// <summary>The trained experts with taps: all their depths are there, and they answer as they do without.</summary>
public sealed class ZooTapTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    const int Questions = 16;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static TheoryData<string> Experts => ZooTests.Experts;

    [Theory]
    [MemberData(nameof(Experts))]
    public async Task GenerateAsync_GoldenQuestionsWithEveryDepth_AnswersAsAnEngineWithoutTaps(string expert)
    {
        var path = Path.Combine(Repository.Models, $"{expert}.gguf");
        var golden = File.ReadLines(Path.Combine(Repository.Models, "golden", $"{expert}.jsonl")).Take(Questions)
            .Select(line => JsonSerializer.Deserialize<GoldenAnswer>(line, Json)!.Question).ToArray();
        await using var plain = await fixture.LoadAsync(path);
        await using var engine = await fixture.LoadAsync(path, TapRequests.Options() with { MaxSequences = 8 });
        // Every second one writes its rows back.
        var taps = golden.Select((_, i) => engine.Recorder((_, _, _) => i % 2 == 0)).ToArray();

        var answers = await Task.WhenAll(golden.Select((question, i) => engine.ScoredAsync(TapRequests.Ask(question, taps[i], 64))));

        for (var i = 0; i < golden.Length; i++)
        {
            Assert.Equal((await plain.ScoredAsync(TapRequests.Ask(golden[i], maxTokens: 64))).Text, answers[i].Text);
            Assert.All(Enumerable.Range(0, engine.Blocks + 1), depth => Assert.Equal(answers[i].Decoded, taps[i].Count(depth)));
        }
    }

    sealed record GoldenAnswer(string Question);
}
