namespace Orchestrator.Jobs.Evaluation;

/// <summary>Means over a group of questions; the columns of <see cref="RoutedQuestion"/>.</summary>
public sealed record RoutingSummary(
    string Group, int Count, double Routed, double BestSingle, double? Generalist, double Random, double Oracle)
{
    /// <summary>Routed accuracy as a share of the oracle's; 1 when nobody can answer.</summary>
    public double OfOracle => Oracle > 0 ? Routed / Oracle : 1;

    /// <param name="questions">At least one.</param>
    public static RoutingSummary Of(string group, IReadOnlyCollection<RoutedQuestion> questions) => new(
        group,
        questions.Count,
        questions.Average(question => question.Routed),
        questions.Average(question => question.BestSingle),
        questions.Average(question => question.Generalist),
        questions.Average(question => question.Random),
        questions.Average(question => question.Oracle));

    /// <summary>
    /// Expected calibration error: how far, on average over ten bins of confidence weighted by their questions, confidence
    /// lies from the accuracy that came true.
    /// </summary>
    public static double CalibrationError(IReadOnlyCollection<RoutedQuestion> questions) =>
        questions.GroupBy(question => Math.Min(9, (int)(question.Confidence * 10)))
            .Sum(bin => bin.Count() * Math.Abs(bin.Average(question => question.Confidence - question.Routed))) / questions.Count;
}
