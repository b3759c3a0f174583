using System.Numerics.Tensors;
using Orchestrator.Router.Routing;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Feedback;

/// <summary>Evidence placed among the profiled questions; all strategies of a router look at the same one.</summary>
sealed class FeedbackMemory
{
    FeedbackMemory(FeedbackEvidence evidence, PlacedFeedback[] rows) => (MaxShare, Rows) = (evidence.MaxShare, rows);

    public double MaxShare { get; }

    public IReadOnlyList<PlacedFeedback> Rows { get; }

    /// <returns>The cosine with each row's question, in their order.</returns>
    public float[] CosinesWith(float[] vector) => [.. Rows.Select(row => TensorPrimitives.Dot<float>(row.Question.Vector, vector))];

    /// <param name="before">Questions that it has are not embedded again.</param>
    public static FeedbackMemory Of(FeedbackEvidence evidence, Profile profile, FeedbackMemory? before) =>
        Of(evidence, before, row => profile.Space.Place(row.Question).Vector);

    /// <summary>The same, with an embedder that has to be waited for.</summary>
    public static async ValueTask<FeedbackMemory> OfAsync(
        FeedbackEvidence evidence, Profile profile, FeedbackMemory? before, CancellationToken cancellationToken)
    {
        Dictionary<FeedbackRow, PlacedFeedback> known = Known(before);
        FeedbackRow[] fresh = [.. evidence.Rows.Select(weighed => weighed.Row).Where(row => !known.ContainsKey(row))];
        IReadOnlyList<float[]> vectors = await profile.Space.Embedder.EmbedAsync([.. fresh.Select(row => row.Question)], cancellationToken);
        var placed = new Dictionary<FeedbackRow, float[]>(ReferenceEqualityComparer.Instance);
        foreach ((FeedbackRow row, float[] vector) in fresh.Zip(vectors))
            placed[row] = vector;
        return Of(evidence, before, row => placed[row]);
    }

    static FeedbackMemory Of(FeedbackEvidence evidence, FeedbackMemory? before, Func<FeedbackRow, float[]> place)
    {
        Dictionary<FeedbackRow, PlacedFeedback> known = Known(before);
        return new FeedbackMemory(evidence, [.. evidence.Rows.Select(Placed)]);

        PlacedFeedback Placed(WeighedFeedback weighed)
        {
            FeedbackRow row = weighed.Row;
            RouteQuestion question = known.GetValueOrDefault(row)?.Question ?? new RouteQuestion(row.Question) { Vector = place(row) };
            return new PlacedFeedback(row, question, weighed.Weight);
        }
    }

    static Dictionary<FeedbackRow, PlacedFeedback> Known(FeedbackMemory? before)
    {
        var known = new Dictionary<FeedbackRow, PlacedFeedback>(ReferenceEqualityComparer.Instance);
        foreach (PlacedFeedback placed in before?.Rows ?? [])
            known[placed.Row] = placed;
        return known;
    }
}

/// <summary>A verdict where it lies.</summary>
/// <param name="Question">With its vector.</param>
sealed record PlacedFeedback(FeedbackRow Row, RouteQuestion Question, double Weight);
