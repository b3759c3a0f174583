using Orchestrator.Retrieval.Fusion;

namespace Orchestrator.Retrieval.Tests.Fusion;

public sealed class ReciprocalRankFusionTests
{
    [Fact]
    public void Fuse_TwoRankings_SumsReciprocalPlaces()
    {
        var fused = ReciprocalRankFusion.Fuse<string>([new(["a", "b"]), new(["b", "c"])]);

        Assert.Equal(["b", "a", "c"], fused.Select(item => item.Item));
        Assert.Equal((1.0 / 62) + (1.0 / 61), fused[0].Score, 12);
        Assert.Equal(1.0 / 62, fused[2].Score, 12);
    }

    [Fact]
    public void Fuse_Weights_Count() =>
        Assert.Equal(["b", "a"], ReciprocalRankFusion.Fuse<string>([new(["a"], 0.4), new(["b"], 0.6)]).Select(item => item.Item));

    [Fact]
    public void Fuse_EqualScores_PutsTheFirstMetFirst() =>
        Assert.Equal(["a", "b"], ReciprocalRankFusion.Fuse<string>([new(["a", "b"]), new(["b", "a"])]).Select(item => item.Item));

    [Fact]
    public void Fuse_SmallerK_FavoursTheFirstPlace()
    {
        Ranking<string>[] rankings = [new(["a", "b"]), new(["c", "b"])];

        Assert.Equal("b", ReciprocalRankFusion.Fuse(rankings)[0].Item);
        Assert.Equal("a", ReciprocalRankFusion.Fuse(rankings, new RankFusionOptions { K = 0 })[0].Item);
    }

    [Fact]
    public void Fuse_Nothing_IsNothing()
    {
        Assert.Empty(ReciprocalRankFusion.Fuse<string>([]));
        Assert.Empty(ReciprocalRankFusion.Fuse<string>([new([])]));
    }

    [Fact]
    public void Fuse_WhatCannotBeRanked_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => ReciprocalRankFusion.Fuse<string>([new(["a"], double.NaN)]));
        Assert.Throws<ArgumentException>(() => ReciprocalRankFusion.Fuse<string>([new(["a", "a"])]));
    }
}
