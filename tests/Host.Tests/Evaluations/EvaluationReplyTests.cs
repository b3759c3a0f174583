using Orchestrator.Host.Evaluations;
using Orchestrator.Host.OpenAi;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.Tests.Evaluations;

public sealed class EvaluationReplyTests
{
    static readonly QuestionResult Right = new("1") { Score = 1, Usage = new TokenUsage(10, 2) };
    static readonly QuestionResult Wrong = new("2") { Score = 0, Usage = new TokenUsage(5, 1) };
    static readonly QuestionResult Ungraded = new("3") { Note = "the pattern took too long" };
    static readonly QuestionResult Failed = new("4") { Error = ApiError.Invalid("too long") };

    [Fact]
    public void Of_FailedAndUngraded_FailedIsWrongAndUngradedIsInNoMean()
    {
        var reply = EvaluationReply.Of("auto", [Right, Wrong, Ungraded, Failed]);

        Assert.Equal(1.0 / 3, reply.Score);
        Assert.Equal((1, 4, 1, 1), (reply.Right, reply.Questions, reply.Failed, reply.Ungraded));
        Assert.Equal(new TokenCounts(15, 3), reply.Usage);
    }

    [Fact]
    public void Of_NothingGraded_HasNoScore() => Assert.Null(EvaluationReply.Of("auto", [Ungraded]).Score);
}
