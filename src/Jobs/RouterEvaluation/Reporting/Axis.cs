namespace Orchestrator.Jobs.RouterEvaluation.Reporting;

/// <summary>Where values lie on a drawing, and where its ticks are: at 1, 2 or 5 times a power of ten.</summary>
sealed class Axis
{
    readonly double _low, _high, _from, _to;

    /// <param name="from">Where the lowest tick is drawn.</param>
    /// <param name="to">Where the highest is.</param>
    public Axis(IEnumerable<double> values, double from, double to, int ticks = 6)
    {
        double[] all = [.. values.DefaultIfEmpty(0)];
        double span = all.Max() - all.Min();
        double step = Step((span > 0 ? span : Math.Max(Math.Abs(all.Max()), 1e-9)) / ticks);
        (long first, long last) = ((long)Math.Floor(all.Min() / step), (long)Math.Ceiling(all.Max() / step));
        last = Math.Max(last, first + 1);
        Ticks = [.. Enumerable.Range(0, (int)(last - first) + 1).Select(tick => (first + tick) * step)];
        (_low, _high, _from, _to) = (Ticks[0], Ticks[^1], from, to);
    }

    public IReadOnlyList<double> Ticks { get; }

    public double At(double value) => _from + (value - _low) / (_high - _low) * (_to - _from);

    static double Step(double least)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return power * new double[] { 1, 2, 5, 10 }.First(step => step * power >= least * (1 - 1e-9));
    }
}
