using Orchestrator.Aggregator;
using Orchestrator.Experts;
using Orchestrator.Experts.Panels;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Jobs.Profiling.Answers;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Jobs.Aggregation;

/// <summary>A panel that could have been: a question with one right and two wrong answers that experts really gave.</summary>
sealed record AggregationItem(ProfileQuestion Question, RecordedAnswer Right, RecordedAnswer Wrong, RecordedAnswer OtherWrong)
{
    public const int Candidates = 3;

    /// <summary>As a request would put it; the order in which candidates are shown is drawn by the prompt.</summary>
    /// <param name="maxTokens">Tokens the merged answer may have.</param>
    public PanelAnswers Panel(int maxTokens) => new(
        new GenerationRequest
        {
            Messages = [new ChatTurn("user", Question.Question)],
            MaxTokens = maxTokens,
            Sampling = new SamplingChanges { Temperature = 0 },
        },
        [Member(Right), Member(Wrong), Member(OtherWrong)])
    {
        Class = RequestClass.Batch,
        // What is measured is the expert itself.
        AllowVariant = false,
    };

    static WeighedAnswer Member(RecordedAnswer answer) =>
        new(new PanelAnswer(answer.Expert, answer.Text, null, FinishReason.Stop, null), Weight: 1);
}
