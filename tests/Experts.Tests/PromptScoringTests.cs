using System.Runtime.CompilerServices;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Experts.Tests;

public sealed class PromptScoringTests
{
    static readonly ChatTurn[] Question = [new("user", "What?")];

    [Fact]
    public async Task ScorePromptAsync_Scores_AreThePromptsAndTheFirstTokens()
    {
        var expert = new Scorer(new GenerationScores([new(-1, 0, 1), new(-2, 0, 1)], [new(-0.5f, 2, 0.3f)]));

        var score = await expert.ScorePromptAsync(Question, RequestClass.Batch, residentOnly: true);

        Assert.Equal([-1f, -2f], score.Prompt.Select(token => token.LogProbability));
        Assert.Equal((-0.5f, 7), (score.First.LogProbability, score.PromptTokens));
        Assert.True(expert.Asked is
        {
            Class: RequestClass.Batch, ResidentOnly: true, AllowVariant: false,
            Request: { MaxTokens: 1, ScorePrompt: true, ScoreAnswer: true },
        });
    }

    [Fact]
    public async Task ScorePromptAsync_ModelWithoutScores_FailsByName()
    {
        var failure = await Assert.ThrowsAsync<ExpertException>(() => new Scorer(null).ScorePromptAsync(Question));

        Assert.Equal((ExpertFailure.Failed, "scorer"), (failure.Failure, failure.Expert));
    }

    sealed class Scorer(GenerationScores? scores) : IExpert
    {
        public string Id => "scorer";

        public ExpertCall? Asked { get; private set; }

        public async IAsyncEnumerable<GenerationChunk> GenerateAsync(
            ExpertCall request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            Asked = request;
            yield return new GenerationChunk("x", FinishReason.Length, new TokenUsage(7, 1)) { Scores = scores };
        }
    }
}
