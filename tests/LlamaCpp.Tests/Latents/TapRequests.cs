using Orchestrator.LlamaCpp.Generation;
using Orchestrator.LlamaCpp.Latents;

namespace Orchestrator.LlamaCpp.Tests.Latents;

/// <summary>Requests with a tap, and all that can be compared of their answers.</summary>
static class TapRequests
{
    public static BatchEngineOptions Options(int gpuLayers = 0) => EngineFixture.Greedy with { LatentTap = true, GpuLayers = gpuLayers };

    public static RecordingTap Recorder(this BatchEngine engine, ChangeRows? change = null) =>
        new([.. Enumerable.Range(0, engine.Blocks + 1)]) { Width = engine.Width, Change = change };

    public static GenerationRequest Ask(string text, ILatentTap? tap = null, int maxTokens = 12) => Chat.Ask(text, maxTokens) with
    {
        Tap = tap,
        ScorePrompt = true,
        ScoreAnswer = true,
    };

    public static async Task<ScoredAnswer> ScoredAsync(this BatchEngine engine, GenerationRequest request)
    {
        var text = "";
        GenerationChunk last = default;
        await foreach (var chunk in engine.GenerateAsync(request))
        {
            text += chunk.Text;
            last = chunk;
        }
        return new ScoredAnswer(text, last.Usage!, last.Scores!);
    }

    /// <summary>Submitted before any of them is decoded, so that their steps are always the same.</summary>
    public static async Task<ScoredAnswer[]> TogetherAsync(
        this EngineFixture fixture, BatchEngine engine, params GenerationRequest[] requests)
    {
        Task<ScoredAnswer[]> all;
        using (fixture.PauseLoops())
        {
            // Up to its first wait each runs here, which submits it.
            all = Task.WhenAll(requests.Select(request => engine.ScoredAsync(request)));
        }
        return await all;
    }
}

sealed record ScoredAnswer(string Text, TokenUsage Usage, GenerationScores Scores)
{
    /// <summary>Tokens that were decoded: the last of the answer never is.</summary>
    public int Decoded => Usage.PromptTokens + Scores.Answer.Count - 1;

    public ScoredAnswer WithoutPrompt() => this with { Scores = Scores with { Prompt = [] } };

    /// <summary>To the last bit.</summary>
    public static void AssertSame(ScoredAnswer expected, ScoredAnswer actual)
    {
        Assert.Equal(expected.Text, actual.Text);
        Assert.Equal(expected.Scores.Prompt, actual.Scores.Prompt);
        Assert.Equal(expected.Scores.Answer, actual.Scores.Answer);
    }

    /// <param name="tolerance">Nats of a token's log-probability.</param>
    public static void AssertClose(ScoredAnswer expected, ScoredAnswer actual, float tolerance)
    {
        Assert.Equal(expected.Text, actual.Text);
        Assert.All(expected.Scores.Prompt.Concat(expected.Scores.Answer).Zip(actual.Scores.Prompt.Concat(actual.Scores.Answer)),
            pair => Assert.Equal(pair.First.LogProbability, pair.Second.LogProbability, tolerance));
    }
}
