using Orchestrator.Experts;
using Orchestrator.Host.Errors;
using Orchestrator.LlamaCpp;

namespace Orchestrator.Host.Tests.Errors;

public sealed class FailureMapTests
{
    [Theory]
    [InlineData(ExpertFailure.Unknown, 404, "model_not_found")]
    [InlineData(ExpertFailure.PromptTooLong, 400, "context_length_exceeded")]
    [InlineData(ExpertFailure.InvalidRequest, 400, null)]
    [InlineData(ExpertFailure.Quarantined, 503, "expert_quarantined")]
    [InlineData(ExpertFailure.LoadFailed, 503, "expert_load_failed")]
    [InlineData(ExpertFailure.TooLargeForBudget, 503, "expert_too_large")]
    [InlineData(ExpertFailure.Unavailable, 503, "unavailable")]
    [InlineData(ExpertFailure.Failed, 500, "expert_failed")]
    public void Find_ExpertFailure_HasItsStatusAndMessage(ExpertFailure failure, int status, string? code)
    {
        var error = FailureMap.Find(new ExpertException(failure, "abacus", "what went wrong"));

        Assert.NotNull(error);
        Assert.Equal((status, code, "what went wrong"), (error.Status, error.Code, error.Message));
        Assert.Equal(failure == ExpertFailure.Unavailable, error.RetryAfterSeconds is not null);
    }

    [Fact]
    public void Find_QueueFull_Is429WithTheTimeItWasGiven()
    {
        var error = FailureMap.Find(new ExpertException(ExpertFailure.QueueFull, "abacus", "the queue is full") { RetryAfter = TimeSpan.FromSeconds(6.2) });

        Assert.NotNull(error);
        Assert.Equal((429, "rate_limit_error", "queue_full", "7"), (error.Status, error.Type, error.Code, error.RetryAfterSeconds));
    }

    [Fact]
    public void Find_QueueFullWithoutATime_SaysSoonAgain() =>
        Assert.Equal("1", FailureMap.Find(new ExpertException(ExpertFailure.QueueFull, "abacus", "full"))!.RetryAfterSeconds);

    [Fact]
    public void Find_EmbedderThatFails_Is503()
    {
        var error = FailureMap.Find(new GenerationException(GenerationFailure.DecodeFailed, "no memory"));

        Assert.Equal((503, "The question could not be embedded: no memory"), (error!.Status, error.Message));
    }

    [Fact]
    public void Find_LoadFailed_TellsWhenItIsTriedAgain()
    {
        var error = FailureMap.Find(new ExpertException(ExpertFailure.LoadFailed, "abacus", "no room") { RetryAfter = TimeSpan.FromSeconds(4) });

        Assert.Equal("4", error!.RetryAfterSeconds);
    }

    [Fact]
    public void Find_Bug_IsNotAnExpectedFailure() => Assert.Null(FailureMap.Find(new InvalidOperationException("bug")));
}
