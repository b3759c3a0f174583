using Orchestrator.Aggregator.MixtureOfThoughts.Attention;
using Orchestrator.Bench.Loading;
using Orchestrator.Bench.Scheduling;
using Orchestrator.LlamaCpp.Latents;

namespace Orchestrator.Bench.Thoughts.Scaling;

/// <summary>Answers of one primary through layers of one size, each with thoughts of its own to hear, as requests have.</summary>
sealed class Hearing
{
    const int Blocks = 21;
    const double BlockMicroseconds = 20_000;

    readonly RandomLayers _layers;
    readonly LatentMemory[] _thoughts;
    readonly int _width;
    readonly List<TimedTap> _taps = [];

    public Hearing(ModelShape model, LatentShape latent, int together, int heard)
    {
        _layers = new RandomLayers(model, latent);
        _thoughts = [.. Enumerable.Range(0, together).Select(_ => _layers.Thoughts(heard))];
        _width = model.Width;
    }

    /// <summary>Microseconds of processor time of a token where it is decoded.</summary>
    public double InStep => Samples.Median(_taps.Select(tap => tap.Microseconds).Where(double.IsFinite));

    public ILatentTap Tap(int answer)
    {
        var tap = new TimedTap(new MixtureTap(_layers.Layers, RandomLayers.Primary, _thoughts[answer]), _width);
        _taps.Add(tap);
        return tap;
    }

    /// <summary>The same when nothing else is done.</summary>
    public double Alone()
    {
        var tap = new MixtureTap(_layers.Layers, RandomLayers.Primary, _thoughts[0]);
        float[] row = [.. Enumerable.Repeat(1f, _width)];
        return Samples.Median(Enumerable.Range(0, Blocks).Select(_ => Block()));

        double Block()
        {
            double start = ThreadClock.Microseconds(), taken = 0;
            int tokens = 0;
            for (; taken < BlockMicroseconds; tokens++)
            {
                foreach (int depth in tap.Depths)
                    tap.Visit(depth, tokens, row);
                taken = ThreadClock.Microseconds() - start;
            }
            return taken / tokens;
        }
    }
}
