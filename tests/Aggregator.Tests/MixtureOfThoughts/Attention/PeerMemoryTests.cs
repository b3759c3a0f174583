using Orchestrator.Aggregator.MixtureOfThoughts.Attention;
using Orchestrator.Aggregator.MixtureOfThoughts.Layers;
using Orchestrator.TestKit;

namespace Orchestrator.Aggregator.Tests.MixtureOfThoughts.Attention;

public sealed class PeerMemoryTests
{
    const int Latent = 8;

    [Fact]
    public void Of_States_AreTheFormulasKeysAndValues()
    {
        MixtureLayers layers = new TinyMixture().Layers();
        float[] rows = Mixtures.Rows(1, 6, 24);
        var (keys, values) = NaiveMixture.Keys(layers, new NaiveMixture.Peer("price", rows, 1), 1);

        PeerKeys made = layers.Memory("price", rows).Interactions[1];

        for (int token = 0; token < 6; token++)
        {
            for (int i = 0; i < Latent; i++)
            {
                Assert.Equal(keys[token][i], made.Keys[(i * 6) + token], 4);
                Assert.Equal(values[token][i], made.Values[(i * 6) + token], 4);
            }
        }
    }

    [Fact]
    public void Of_SameRowAtEachPosition_KeysDifferByDistanceFromTheEnd()
    {
        TinyGguf file = new TinyMixture { Recency = 3 }.ToGguf();
        for (int bucket = 0; bucket < 3; bucket++)
            Array.Fill(file.Tensor("mix.0.recency").Values, 10 * bucket, bucket * Latent, Latent);
        MixtureLayers layers = file.Layers();
        float[] row = Mixtures.Rows(1, 1, 24);

        PeerKeys made = layers.Memory("price", [.. row, .. row, .. row, .. row, .. row]).Interactions[0];

        float last = made.Keys[4];
        Assert.Equal([20f, 20, 20, 10, 0], made.Keys[..5].Select(key => MathF.Round(key - last, 3)));
        Assert.Single(made.Values[..5].Distinct());
    }

    [Fact]
    public void Of_DifferentDepths_ReadsEachInteractionAtItsOwn()
    {
        MixtureLayers layers = new TinyMixture { Experts = [new("arith", 16, 3), new("price", 24, 2, Read: [2, 0]), new("roman", 12, 4)] }.Layers();
        float[] embedding = Mixtures.Rows(1, 4, 24), top = Mixtures.Rows(2, 4, 24);
        StateRecorder recorder = PeerMemory.Recorder(layers, "price");
        recorder.Visit(0, 0, embedding);
        recorder.Visit(2, 0, top);

        PeerMemory made = PeerMemory.Of(recorder);

        Assert.Equal([0, 2], recorder.Depths);
        Assert.Equal(layers.Memory("price", top).Interactions[0].Keys, made.Interactions[0].Keys);
        Assert.Equal(layers.Memory("price", embedding).Interactions[1].Keys, made.Interactions[1].Keys);
    }

    [Fact]
    public void Bytes_OfAMemory_AreTwoNumbersForEachLatentOfEachInteractionAndToken()
    {
        MixtureLayers layers = new TinyMixture().Layers();
        PeerMemory memory = layers.Memory("price", Mixtures.Rows(1, 5, 24));

        Assert.Equal(2 * 2 * Latent * 5 * 4, memory.Bytes);
        Assert.Equal(memory.Bytes, PeerMemory.BytesOf(layers, 5));
        Assert.Equal(2 * memory.Bytes, new LatentMemory((memory, 0.5), (memory, 0.5)).Bytes);
    }

    [Fact]
    public void Of_DepthSawFewerTokens_SaysSo()
    {
        MixtureLayers layers = new TinyMixture { Experts = [new("arith", 16, 3), new("price", 24, 2, Read: [2, 0]), new("roman", 12, 4)] }.Layers();
        StateRecorder recorder = PeerMemory.Recorder(layers, "price");
        recorder.Visit(0, 0, new float[3 * 24]);
        recorder.Visit(2, 0, new float[24]);

        Assert.Contains("At the depths 2, 0 of 'price' 1, 3 tokens", Assert.Throws<InvalidOperationException>(() => PeerMemory.Of(recorder)).Message);
    }

    [Fact]
    public void Of_NothingSeen_SaysSo()
    {
        MixtureLayers layers = new TinyMixture().Layers();

        Assert.Throws<InvalidOperationException>(() => PeerMemory.Of(PeerMemory.Recorder(layers, "price")));
    }

    [Fact]
    public void Of_ExpertTrainedAsPrimaryOnly_IsRefused()
    {
        MixtureLayers layers = new TinyMixture().Layers();

        Assert.Throws<ArgumentException>(() => layers.Memory("arith", new float[16]));
    }

    [Fact]
    public void Recorder_UnknownExpert_NamesThoseKnown()
    {
        MixtureLayers layers = new TinyMixture().Layers();

        Assert.Contains("arith, price, roman", Assert.Throws<ArgumentException>(() => PeerMemory.Recorder(layers, "abacus")).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void NewMemory_WeightThatHasNoLogarithm_IsRefused(double weight)
    {
        PeerMemory peer = new TinyMixture().Layers().Memory("price", Mixtures.Rows(1, 1, 24));

        Assert.Contains("'price'", Assert.Throws<ArgumentException>(() => new LatentMemory((peer, weight))).Message);
    }

    [Fact]
    public void NewMemory_NoPeers_IsRefused() => Assert.Throws<ArgumentException>(() => new LatentMemory());
}
