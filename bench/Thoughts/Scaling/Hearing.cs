using Orchestrator.Aggregator.MixtureOfThoughts.Attention;
using Orchestrator.Bench.Loading;
using Orchestrator.LlamaCpp.Latents;

namespace Orchestrator.Bench.Thoughts.Scaling;

/// <summary>Answers of one primary through layers of one size, each with thoughts of its own to hear, as requests have.</summary>
sealed class Hearing
{
    const int Blocks = 21;
    static readonly TimeSpan BlockTime = TimeSpan.FromMilliseconds(20);

    readonly RandomLayers _layers;
    readonly LatentMemory[] _thoughts;
    readonly int _width;
    readonly TimeProvider _time;
    readonly List<TimedTap> _taps = [];

    public Hearing(ModelShape model, LatentShape latent, int together, int heard, TimeProvider time)
    {
        _layers = new RandomLayers(model, latent);
        _thoughts = [.. Enumerable.Range(0, together).Select(_ => _layers.Thoughts(heard))];
        _width = model.Width;
        _time = time;
    }

    /// <summary>Microseconds of a token where it is decoded.</summary>
    public double InStep => Samples.Median(_taps.Select(tap => tap.Microseconds));

    public ILatentTap Tap(int answer)
    {
        var tap = new TimedTap(new MixtureTap(_layers.Layers, RandomLayers.Primary, _thoughts[answer]), _width, _time);
        _taps.Add(tap);
        return tap;
    }

    /// <summary>Microseconds of a token when nothing else is done.</summary>
    public double Alone()
    {
        var tap = new MixtureTap(_layers.Layers, RandomLayers.Primary, _thoughts[0]);
        float[] row = [.. Enumerable.Repeat(1f, _width)];
        return Samples.Median(Enumerable.Range(0, Blocks).Select(_ => Block(BlockTime)));

        double Block(TimeSpan least)
        {
            long start = _time.GetTimestamp();
            int tokens = 0;
            for (; _time.GetElapsedTime(start) < least; tokens++)
            {
                foreach (int depth in tap.Depths)
                    tap.Visit(depth, tokens, row);
            }
            return _time.GetElapsedTime(start).TotalMicroseconds / tokens;
        }
    }
}
