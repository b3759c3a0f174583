using Orchestrator.Bench.Scheduling;
using Orchestrator.LlamaCpp.Latents;

namespace Orchestrator.Bench.Thoughts.Scaling;

/// <summary>Times another tap where it is called: between two blocks, with the model's weights in the caches and not the layers' own.</summary>
sealed class TimedTap(ILatentTap inner, int width) : ILatentTap
{
    double _microseconds;
    long _visits;

    public IReadOnlyList<int> Depths => inner.Depths;

    /// <summary>
    /// Processor time of a token of the answer, over all depths; NaN before there was one. Those of the prompt come many at once and are left out.
    /// </summary>
    public double Microseconds => _microseconds * Depths.Count / _visits;

    public bool Visit(int depth, int position, Span<float> rows)
    {
        double start = ThreadClock.Microseconds();
        bool changed = inner.Visit(depth, position, rows);
        if (rows.Length == width)
        {
            _microseconds += ThreadClock.Microseconds() - start;
            _visits++;
        }
        return changed;
    }
}
