using Orchestrator.Aggregator.MixtureOfThoughts.Attention;
using Orchestrator.Aggregator.MixtureOfThoughts.Layers;

namespace Orchestrator.Bench.Thoughts.Scaling;

/// <summary>Interaction layers between two experts of one shape, and what a peer may have thought.</summary>
sealed class RandomLayers
{
    public const string Primary = "primary";
    const string Peer = "peer";
    const int RecencyBuckets = 64;

    readonly Random _random = new(1);
    readonly ModelShape _model;

    public RandomLayers(ModelShape model, LatentShape latent)
    {
        _model = model;
        Layers = new MixtureLayers(Each(latent.Interactions, _ => Shared(latent.Latent)), new RouterWeights([], [], [], [], [], []))
        {
            Name = "random",
            Description = "",
            Latent = latent.Latent,
            Heads = latent.Heads,
            Draft = 1,
            TopPeers = 1,
            Bytes = 0,
            Pairs = [new MixturePair(Primary, Peer)],
            Experts =
            [
                Expert(Primary) with { Primary = Each(latent.Interactions, _ => PrimarySide(latent.Latent)) },
                Expert(Peer) with { Peer = Each(latent.Interactions, _ => new PeerSide(Gain(), Matrix(model.Width, latent.Latent))) },
            ],
        };

        // The recommended depths: the peer's top, the primary's first blocks.
        MixtureExpert Expert(string id) => new(
            id, "", model.Width, model.Blocks, Each(latent.Interactions, _ => model.Blocks), Each(latent.Interactions, q => Math.Min(q, model.Blocks - 1)));
    }

    public MixtureLayers Layers { get; }

    /// <summary>Of a peer that thought so many tokens; each call makes another one.</summary>
    public LatentMemory Thoughts(int tokens)
    {
        StateRecorder states = PeerMemory.Recorder(Layers, Peer);
        states.Visit(_model.Blocks, 0, Normal(tokens * _model.Width, 1));
        return new LatentMemory((PeerMemory.Of(states), 1));
    }

    Interaction Shared(int latent) =>
        new(Matrix(latent, latent), Matrix(latent, latent), Normal(latent * RecencyBuckets, 1), Normal(latent, 1));

    PrimarySide PrimarySide(int latent) =>
        new(Gain(), Matrix(_model.Width, latent), Matrix(latent, _model.Width), Normal(_model.Width, 1 / Math.Sqrt(_model.Width)), 0);

    float[] Gain() => [.. Enumerable.Repeat(1f, _model.Width)];

    float[] Matrix(int inputs, int outputs) => Normal(inputs * outputs, 1 / Math.Sqrt(inputs));

    float[] Normal(int count, double deviation) =>
        Each(count, _ => (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble())));

    static T[] Each<T>(int count, Func<int, T> make) => [.. Enumerable.Range(0, count).Select(make)];
}
