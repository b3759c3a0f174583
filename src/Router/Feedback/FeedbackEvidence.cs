using System.Runtime.InteropServices;
using Orchestrator.Experts.Configuration;

namespace Orchestrator.Router.Feedback;

/// <summary>Verdicts and what each counts at some moment: what a router learns from.</summary>
/// <param name="MaxShare">How far all verdicts of one client may move an expected score: 0 … below 1.</param>
public sealed record FeedbackEvidence(IReadOnlyList<WeighedFeedback> Rows, double MaxShare)
{
    public static FeedbackEvidence None { get; } = new([], 0);

    /// <summary>Old verdicts count 2^(−age / half life) of new ones.</summary>
    public static FeedbackEvidence Of(IEnumerable<FeedbackRow> rows, FeedbackConfig options, DateTimeOffset now) =>
        new([.. rows.Select(row => new WeighedFeedback(row, options.Weight * Kept(now - row.At, options.HalfLife)))], options.MaxShare);

    /// <summary>A clock that was set back makes no verdict count more than a new one.</summary>
    static double Kept(TimeSpan age, TimeSpan? halfLife) =>
        halfLife is { } half && age > TimeSpan.Zero ? Math.Pow(2, -(age / half)) : 1;
}

/// <param name="Weight">Beside 1 of a profiled outcome.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct WeighedFeedback(FeedbackRow Row, double Weight);
