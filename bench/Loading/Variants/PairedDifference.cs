namespace Orchestrator.Bench.Loading.Variants;

/// <summary>Two ways of answering, judged on the same questions.</summary>
/// <param name="Won">Questions that only the second gets right.</param>
/// <param name="Lost">Questions that only the first gets right.</param>
readonly record struct PairedDifference(int Count, int Won, int Lost)
{
    /// <summary>Second less first, as a share of the questions.</summary>
    public double Mean => (double)(Won - Lost) / Count;

    /// <summary>
    /// Bonett and Price's interval (95%): Wald's with one question added to each kind that differs, so that it neither
    /// shrinks to nothing when the ways agree nor covers too little when few questions differ.
    /// </summary>
    public (double Low, double High) Interval
    {
        get
        {
            double won = (Won + 1.0) / (Count + 2), lost = (Lost + 1.0) / (Count + 2);
            double middle = won - lost;
            double half = 1.96 * Math.Sqrt((won + lost - (middle * middle)) / (Count + 2));
            return (middle - half, middle + half);
        }
    }

    public static PairedDifference Of(IReadOnlyCollection<(double First, double Second)> scores) => new(
        scores.Count,
        scores.Count(pair => pair.Second > pair.First),
        scores.Count(pair => pair.First > pair.Second));
}
