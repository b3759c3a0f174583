using System.Text.Json;
using Orchestrator.TestKit;

namespace Orchestrator.LlamaCpp.Tests;

/// <summary>The trained experts, on the answers that torch gave when they were exported.</summary>
public sealed class ZooTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static TheoryData<string> Experts =>
        [.. Directory.GetFiles(Path.Combine(Repository.Models, "golden"), "*.jsonl").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    [Theory]
    [MemberData(nameof(Experts))]
    public async Task GenerateAsync_GoldenQuestions_AnswersAsTorchDid(string expert)
    {
        var golden = Golden(expert);
        await using var engine = await LoadAsync(expert, sequences: 16);

        var answers = await Task.WhenAll(golden.Select(line => engine.AnswerAsync(Chat.Ask(line.Question))));

        var same = answers.Zip(golden).Count(pair => pair.First.Text == pair.Second.Torch);
        Assert.InRange(same, Math.Ceiling(golden.Count * 0.99), golden.Count);
    }

    [Fact]
    public async Task GenerateAsync_HalfOf64ClientsLeave_TheOthersAnswerAsAlone()
    {
        var golden = Golden("abacus").Take(64).ToArray();
        await using var alone = await LoadAsync("abacus", sequences: 1);
        await using var engine = await LoadAsync("abacus", sequences: 64);

        var answers = await Task.WhenAll(golden.Select(async (line, index) =>
        {
            if (index % 2 == 0)
                return (await engine.AnswerAsync(Chat.Ask(line.Question))).Text;
            await foreach (var chunk in engine.GenerateAsync(Chat.Ask(line.Question)))
                break;
            return null;
        }));

        for (var i = 0; i < golden.Length; i += 2)
            Assert.Equal((await alone.AnswerAsync(Chat.Ask(golden[i].Question))).Text, answers[i]);
        await engine.UntilAsync(snapshot => snapshot is { Active: 0, Waiting: 0 });
    }

    Task<BatchEngine> LoadAsync(string expert, int sequences) =>
        fixture.LoadAsync(Path.Combine(Repository.Models, $"{expert}.gguf"), EngineFixture.Greedy with { MaxSequences = sequences });

    static List<GoldenAnswer> Golden(string expert) =>
        [.. File.ReadLines(Path.Combine(Repository.Models, "golden", $"{expert}.jsonl")).Select(line => JsonSerializer.Deserialize<GoldenAnswer>(line, Json)!)];

    sealed record GoldenAnswer(string Question, string Torch);
}
