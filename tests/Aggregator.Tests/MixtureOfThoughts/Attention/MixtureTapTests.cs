using Orchestrator.Aggregator.MixtureOfThoughts.Attention;
using Orchestrator.Aggregator.MixtureOfThoughts.Layers;
using Orchestrator.TestKit;

namespace Orchestrator.Aggregator.Tests.MixtureOfThoughts.Attention;

public sealed class MixtureTapTests
{
    const string Primary = "arith";

    [Theory]
    [InlineData(1, 8, 2, 16, 9, 4)]
    [InlineData(2, 64, 4, 128, 60, 16)]
    [InlineData(3, 6, 3, 5, 1, 1)]
    [InlineData(4, 33, 1, 37, 41, 7)]
    [InlineData(5, 40, 40, 19, 70, 64)]
    public void Visit_AnySize_FollowsTheFormulas(int seed, int latent, int heads, int width, int tokens, int recency)
    {
        MixtureLayers layers = Sized(seed, latent, heads, width, recency).Layers();
        NaiveMixture.Peer[] peers =
        [
            new("price", Mixtures.Rows(seed, tokens, 24), 0.7),
            new("roman", Mixtures.Rows(seed + 1, tokens + 5, 12), 0.3),
        ];
        var tap = new MixtureTap(layers, Primary, new LatentMemory([.. peers.Select(p => (layers.Memory(p.Id, p.Rows), p.Weight))]));
        float[] rows = Mixtures.Rows(seed + 2, 3, width);
        double[] expected = [.. rows.Chunk(width).SelectMany(row => NaiveMixture.Apply(layers, Primary, 1, Doubled(row), peers).Row)];

        bool changed = tap.Visit(1, 0, rows);

        Assert.True(changed);
        AssertClose(expected, rows);
    }

    [Fact]
    public void Visit_TwoInteractionsAtOneDepth_FollowEachOther()
    {
        TinyMixture mixture = new() { Experts = [new(Primary, 16, 3, Write: [2, 2]), new("price", 24, 2)], Pairs = ["arith<price"], TopPeers = 1 };
        MixtureLayers layers = mixture.Layers();
        NaiveMixture.Peer peer = new("price", Mixtures.Rows(1, 7, 24), 1);
        var tap = new MixtureTap(layers, Primary, new LatentMemory((layers.Memory("price", peer.Rows), 1)));
        float[] row = Mixtures.Rows(2, 1, 16);
        double[] between = NaiveMixture.Apply(layers, Primary, 0, Doubled(row), peer).Row;
        double[] expected = NaiveMixture.Apply(layers, Primary, 1, between, peer).Row;

        tap.Visit(2, 0, row);

        Assert.Equal([2], tap.Depths);
        AssertClose(expected, row);
    }

    [Fact]
    public void Visit_RowsInPieces_AreBitEqualToAllAtOnce()
    {
        MixtureLayers layers = new TinyMixture().Layers();
        LatentMemory memory = layers.TwoPeers(tokens: 37);
        float[] whole = Mixtures.Rows(3, 11, 16);
        // One number further: sums that depend on the address would show.
        float[] pieces = [0, .. whole];

        new MixtureTap(layers, Primary, memory).Visit(0, 0, whole);
        var tap = new MixtureTap(layers, Primary, memory);
        for (int token = 0, size = 1; token < 11; token += size, size = Math.Min(size + 1, 11 - token))
            tap.Visit(0, token, pieces.AsSpan(1 + (token * 16), size * 16));

        Assert.Equal(Bits(whole), Bits(pieces[1..]));
    }

    [Fact]
    public void Visit_HugeScoreOfTheNullKey_ChangesNothing()
    {
        TinyGguf file = new TinyMixture().ToGguf();
        MixtureLayers plain = file.Layers();
        float[] row = Mixtures.Rows(4, 1, 16);
        PrimarySide side = plain.Expert(Primary).Primary![0];
        double[] query = NaiveMixture.Times(side.Query, NaiveMixture.Rms(Doubled(row), side.Norm));
        float[] nullKey = [.. query.Select(u => (float)(u * 1e6))];
        nullKey.CopyTo(file.Tensor("mix.0.null_key").Values, 0);
        MixtureLayers layers = file.Layers();
        var tap = new MixtureTap(layers, Primary, layers.TwoPeers());
        float[] before = [.. row];

        tap.Visit(0, 0, row);

        Assert.Equal(before, row);
        Assert.Equal(1, tap.Attention.Nobody, 6);
    }

    [Fact]
    public void Visit_ZeroBackProjection_LeavesEveryBitAndSaysSo()
    {
        MixtureLayers layers = new TinyMixture { Silent = true }.Layers();
        var tap = new MixtureTap(layers, Primary, layers.TwoPeers());
        float[] rows = Mixtures.Rows(5, 4, 16);
        rows[3] = -0f;
        int[] before = Bits(rows);

        Assert.False(tap.Visit(0, 0, rows));
        Assert.Equal(before, Bits(rows));
        Assert.Equal(1, tap.Attention.Nobody);
    }

    [Fact]
    public void Visit_DepthWithoutInteraction_LeavesRows()
    {
        MixtureLayers layers = new TinyMixture().Layers();
        float[] rows = Mixtures.Rows(5, 4, 16);
        float[] before = [.. rows];

        Assert.False(new MixtureTap(layers, Primary, layers.TwoPeers()).Visit(3, 0, rows));
        Assert.Equal(before, rows);
    }

    [Fact]
    public void Visit_OtherThoughtsOfAPeer_ChangeTheRow()
    {
        MixtureLayers layers = new TinyMixture().Layers();
        float[] row = Mixtures.Rows(6, 1, 16), other = [.. row];

        new MixtureTap(layers, Primary, new LatentMemory((layers.Memory("price", Mixtures.Rows(1, 8, 24)), 1))).Visit(0, 0, row);
        new MixtureTap(layers, Primary, new LatentMemory((layers.Memory("price", Mixtures.Rows(2, 8, 24)), 1))).Visit(0, 0, other);

        Assert.NotEqual(row, other);
    }

    [Fact]
    public void Visit_RowThatOverflows_StaysAsItIs()
    {
        MixtureLayers layers = new TinyMixture().Layers();
        var tap = new MixtureTap(layers, Primary, layers.TwoPeers());
        float[] rows = Mixtures.Rows(7, 2, 16);
        rows[16] = float.NaN;
        float[] second = rows[16..];

        Assert.True(tap.Visit(0, 0, rows));
        Assert.Equal(second, rows[16..]);
        Assert.Equal(1, tap.Attention.Rows);
    }

    [Fact]
    public void Visit_HalfARow_IsRefused()
    {
        MixtureLayers layers = new TinyMixture().Layers();
        var tap = new MixtureTap(layers, Primary, layers.TwoPeers());

        Assert.Throws<ArgumentException>(() => tap.Visit(0, 0, new float[24]));
    }

    [Fact]
    public void Visit_AfterTheFirstRow_AllocatesNothing()
    {
        MixtureLayers layers = new TinyMixture().Layers();
        var tap = new MixtureTap(layers, Primary, layers.TwoPeers());
        float[] rows = Mixtures.Rows(8, 50, 16);
        tap.Visit(0, 0, rows.AsSpan(0, 16));

        long before = GC.GetAllocatedBytesForCurrentThread();
        tap.Visit(0, 1, rows);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Attention_AfterSeveralRows_IsTheMeanOfEachAndSumsToOne()
    {
        MixtureLayers layers = new TinyMixture().Layers();
        NaiveMixture.Peer[] peers = [new("price", Mixtures.Rows(1, 9, 24), 0.9), new("roman", Mixtures.Rows(2, 4, 12), 0.1)];
        var tap = new MixtureTap(layers, Primary, new LatentMemory([.. peers.Select(p => (layers.Memory(p.Id, p.Rows), p.Weight))]));
        float[] rows = Mixtures.Rows(9, 5, 16);
        double[][] masses = [.. rows.Chunk(16).Select(row => NaiveMixture.Apply(layers, Primary, 0, Doubled(row), peers).Mass)];

        tap.Visit(0, 0, rows);

        AttentionMass found = tap.Attention;
        Assert.Equal(5, found.Rows);
        Assert.Equal(["price", "roman"], found.Peers.Select(peer => peer.Peer));
        Assert.Equal(1, found.Peers.Sum(peer => peer.Mass) + found.Nobody, 6);
        for (int p = 0; p < 2; p++)
            Assert.Equal(masses.Average(mass => mass[p]), found.Peers[p].Mass, 4);
    }

    [Fact]
    public void New_ExpertTrainedAsPeerOnly_IsRefused()
    {
        MixtureLayers layers = new TinyMixture().Layers();

        Assert.Contains("'price' as a primary", Assert.Throws<ArgumentException>(() => new MixtureTap(layers, "price", layers.TwoPeers())).Message);
    }

    static TinyMixture Sized(int seed, int latent, int heads, int width, int recency) => new()
    {
        Seed = seed,
        Latent = latent,
        Heads = heads,
        Recency = recency,
        Experts = [new(Primary, width, 3), new("price", 24, 2), new("roman", 12, 4)],
    };

    static double[] Doubled(float[] row) => [.. row.Select(value => (double)value)];

    static int[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToInt32Bits)];

    static void AssertClose(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.InRange(actual[i] - expected[i], -1e-4, 1e-4);
    }
}
