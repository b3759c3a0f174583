using Orchestrator.Experts;
using Orchestrator.Experts.Panels;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Aggregator;

/// <summary>What an aggregator merges.</summary>
/// <param name="Request">What the panel was asked; messages, token limit, stop strings and grammar hold for the merged answer too.</param>
/// <param name="Answers">In the panel's order, the primary's first; at least one. An expert drawn twice is there twice.</param>
public sealed record PanelAnswers(GenerationRequest Request, IReadOnlyList<WeighedAnswer> Answers)
{
    public RequestClass Class { get; init; } = RequestClass.Interactive;

    /// <summary>Whether a low-precision variant may merge when the expert that merges would have to be waited for.</summary>
    public bool AllowVariant { get; init; } = true;

    /// <summary>The members that said something, in the panel's order; at least one.</summary>
    /// <exception cref="ExpertException">None did; the failure is that of the first member that has one.</exception>
    internal IReadOnlyList<WeighedAnswer> Spoken()
    {
        WeighedAnswer[] spoken = [.. Answers.Where(member => HasSpoken(member.Answer))];
        return spoken.Length > 0 ? spoken : throw Silence();
    }

    static bool HasSpoken(PanelAnswer answer) => answer.Failure is null && !string.IsNullOrWhiteSpace(answer.Text);

    ExpertException Silence()
    {
        const string Nobody = "nobody of the panel answered";
        ExpertException? first = Answers.Select(member => member.Answer.Failure).FirstOrDefault(failure => failure is not null);
        return first is null
            ? new ExpertException(ExpertFailure.Failed, Answers[0].Answer.Expert, $"{Nobody}: all ended without a word")
            : new ExpertException(first.Failure, first.Expert, $"{Nobody}: {first.Message}", first) { RetryAfter = first.RetryAfter };
    }
}

/// <summary>One member's answer, or its failure, and how much it counts.</summary>
/// <param name="Weight">Above 0: the score that the route plan expects of its expert; equal where nothing is known.</param>
public sealed record WeighedAnswer(PanelAnswer Answer, double Weight);
