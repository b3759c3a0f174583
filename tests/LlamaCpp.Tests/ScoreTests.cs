using Orchestrator.LlamaCpp.Generation;
using Orchestrator.LlamaCpp.Models;
using Orchestrator.TestKit;

namespace Orchestrator.LlamaCpp.Tests;

/// <summary>Log-probabilities of prompts and answers against logits computed one token after the other.</summary>
public sealed class ScoreTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    const float Tolerance = 2e-3f;

    static readonly TinyGguf Model = TinyGguf.Random(seed: 5);

    [Fact]
    public async Task GenerateAsync_ScorePrompt_EqualsOneTokenAtATime()
    {
        await using var engine = await fixture.LoadAsync(Model);
        var request = Scored("How many letters has the word evidence?");

        var scores = await ScoresAsync(engine, request);

        AssertClose(Reference(engine, request), scores.Prompt);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 7)]
    [InlineData(4, 64)]
    public async Task GenerateAsync_ScorePromptInAnyBatch_IsTheSame(int sequences, int batch)
    {
        await using var whole = await fixture.LoadAsync(Model);
        await using var engine = await fixture.LoadAsync(
            Model, EngineFixture.Greedy with { MaxSequences = sequences, BatchSize = batch, PrefillChunk = 5 });
        var requests = Enumerable.Range(0, 6).Select(i => Scored($"Question {i}{new string('?', 7 * i)}")).ToArray();

        var together = await Task.WhenAll(requests.Select(request => Task.Run(() => ScoresAsync(engine, request))));

        for (var i = 0; i < requests.Length; i++)
            AssertClose([.. (await ScoresAsync(whole, requests[i])).Prompt.Select(score => score.LogProbability)], together[i].Prompt);
    }

    [Fact]
    public async Task GenerateAsync_ScoreAnswer_IsWhatTheSameTextScoresInAPrompt()
    {
        await using var engine = await fixture.LoadAsync(TinyGguf.Saying("Answer: 42"));
        var asked = Chat.Ask("What?") with { ScoreAnswer = true };

        var answer = (await ScoresAsync(engine, asked)).Answer;
        var whole = await ScoresAsync(engine, asked with
        {
            Messages = [new("user", "What?"), new("assistant", "Answer: 42"), new("user", "?")],
            MaxTokens = 1,
            ScorePrompt = true,
        });

        Assert.Equal(11, answer.Count);
        // "\nWhat?\n\n" precede it; its end is a marker, which prompts do not count.
        AssertClose([.. answer.Take(10).Select(score => score.LogProbability)], [.. whole.Prompt.Skip(8).Take(10)]);
    }

    [Fact]
    public async Task GenerateAsync_ScoreAnswerGreedy_MarginsAreNotNegative()
    {
        await using var engine = await fixture.LoadAsync(Model);

        var scores = await ScoresAsync(engine, Chat.Ask("What?", maxTokens: 20) with { ScoreAnswer = true });

        Assert.Empty(scores.Prompt);
        Assert.All(scores.Answer, score => Assert.True(score is { LogProbability: < 0, Margin: >= 0, Entropy: > 0 }));
    }

    [Fact]
    public async Task GenerateAsync_NothingToScore_CarriesNoScores()
    {
        await using var engine = await fixture.LoadAsync(Model);
        GenerationChunk last = default;

        await foreach (var chunk in engine.GenerateAsync(Chat.Ask("What?", maxTokens: 2)))
            last = chunk;

        Assert.Null(last.Scores);
    }

    [Fact]
    public async Task GenerateAsync_ScoredPromptCancelled_FreesTheSequence()
    {
        await using var engine = await fixture.LoadAsync(Model, EngineFixture.Greedy with { MaxSequences = 1 });
        using var cancellation = new CancellationTokenSource();
        Task<GenerationScores> running;

        using (fixture.PauseLoops())
        {
            running = ScoresAsync(engine, Scored("What?"), cancellation.Token);
            await cancellation.CancelAsync();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await engine.UntilAsync(snapshot => snapshot is { Active: 0, Waiting: 0 });
        Assert.NotEmpty((await ScoresAsync(engine, Scored("What?"))).Prompt);
    }

    static GenerationRequest Scored(string text) => Chat.Ask(text, maxTokens: 1) with { ScorePrompt = true };

    static async Task<GenerationScores> ScoresAsync(
        BatchEngine engine, GenerationRequest request, CancellationToken cancellationToken = default)
    {
        GenerationChunk last = default;
        await foreach (var chunk in engine.GenerateAsync(request, cancellationToken))
            last = chunk;
        return last.Scores!;
    }

    /// <summary>Straight from the logits, in double precision.</summary>
    static float[] Reference(BatchEngine engine, GenerationRequest request)
    {
        var tokens = engine.Tokens(request);
        using var context = DecodeContext.Create(engine.Model, EngineFixture.Greedy with { MaxSequences = 1 });
        using var batch = new TokenBatch(1);
        var scores = new List<float>();
        for (var i = 0; i < tokens.Length - 1; i++)
        {
            batch.Clear();
            batch.Add(tokens[i], i, 0, output: true);
            Assert.Equal(0, context.Decode(batch, threads: 1));
            double[] logits = [.. context.Logits(0).ToArray().Select(logit => (double)logit)];
            if (!engine.Model.Vocabulary.Piece(tokens[i + 1]).IsEmpty)
                scores.Add((float)(logits[tokens[i + 1]] - Math.Log(logits.Sum(Math.Exp))));
        }
        return [.. scores];
    }

    static void AssertClose(IReadOnlyList<float> expected, IReadOnlyList<TokenScore> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second.LogProbability, Tolerance));
    }
}
