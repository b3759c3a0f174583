using System.Text.Json;
using Orchestrator.TestKit;

namespace Orchestrator.LlamaCpp.Tests.Latents;

/// <summary>The trained experts with taps: all their depths are there, and they answer as they do without.</summary>
public sealed class ZooTapTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static TheoryData<string> Experts =>
        [.. Directory.GetFiles(Repository.Models, "*.gguf").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    [Theory]
    [MemberData(nameof(Experts))]
    public async Task GenerateAsync_EveryDepthOfAnExpert_IsSeenAndChangesNothing(string expert)
    {
        // Of as many sub-skills, most of which this expert does not know.
        var asked = Questions(Path.Combine("data", "validation.jsonl")).Where((_, i) => i % 97 == 0).ToArray();
        await using var engine = await LoadAsync(expert, TapRequests.Options());
        var plain = await fixture.TogetherAsync(engine, [.. asked.Select(question => Ask(question))]);
        // Every second one writes its rows back.
        var taps = asked.Select((_, i) => engine.Recorder((_, _, _) => i % 2 == 0)).ToArray();

        var tapped = await fixture.TogetherAsync(engine, [.. asked.Select((question, i) => Ask(question) with { Tap = taps[i] })]);

        for (var i = 0; i < asked.Length; i++)
        {
            ScoredAnswer.AssertSame(plain[i], tapped[i]);
            Assert.All(Enumerable.Range(0, engine.Blocks + 1), depth => Assert.Equal(tapped[i].Decoded, taps[i].Count(depth)));
        }
    }

    [Fact]
    public async Task GenerateAsync_GoldenQuestions_AnswersAsAnEngineWithoutTaps()
    {
        var asked = Questions(Path.Combine("golden", "abacus.jsonl"));
        await using var plain = await LoadAsync("abacus", EngineFixture.Greedy with { MaxSequences = 16 });
        await using var engine = await LoadAsync("abacus", TapRequests.Options() with { MaxSequences = 16 });
        // Some see all, some one depth, some nothing.
        var requests = asked.Select((question, i) => Chat.Ask(question) with
        {
            Tap = (i % 3) switch { 0 => null, 1 => engine.Recorder(), _ => new RecordingTap(i % 4) { Width = engine.Width } },
        });

        var expected = await Task.WhenAll(asked.Select(question => plain.AnswerAsync(Chat.Ask(question))));
        var answers = await Task.WhenAll(requests.Select(request => engine.AnswerAsync(request)));

        Assert.Equal(expected.Select(answer => answer.Text), answers.Select(answer => answer.Text));
    }

    static Generation.GenerationRequest Ask(string question) => TapRequests.Ask(question, maxTokens: 24);

    Task<BatchEngine> LoadAsync(string expert, BatchEngineOptions options) =>
        fixture.LoadAsync(Path.Combine(Repository.Models, $"{expert}.gguf"), options);

    static string[] Questions(string file) =>
        [.. File.ReadLines(Path.Combine(Repository.Models, file)).Select(line => JsonSerializer.Deserialize<Question>(line, Json)!.Text)];

    sealed record Question([property: System.Text.Json.Serialization.JsonPropertyName("question")] string Text);
}
