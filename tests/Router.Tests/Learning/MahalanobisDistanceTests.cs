using Orchestrator.Router.Learning;

namespace Orchestrator.Router.Tests.Learning;

public sealed class MahalanobisDistanceTests
{
    [Fact]
    public void Nearest_TwoFeatures_IsWhatPaperAndPencilGive()
    {
        // Around (0, 0) and (10, 0): variance 4 along the first feature, 1 along the second, none in common.
        float[][] rows = [[2, 1], [2, -1], [-2, 1], [-2, -1], [12, 1], [12, -1], [8, 1], [8, -1]];
        int[] clusters = [0, 0, 0, 0, 1, 1, 1, 1];

        CentreDistance nearest = MahalanobisDistance.Fit(rows, clusters, ridge: 0.5).Nearest([7, 2]);

        Assert.Equal(1, nearest.Centre);
        Assert.Equal(Math.Sqrt(9 / 4.5 + 4 / 1.5), nearest.Distance, 1e-9);
    }

    [Fact]
    public void Nearest_CorrelatedFeatures_IsNearAlongTheCorrelation()
    {
        float[][] rows = [.. Enumerable.Range(-50, 101).Select(i => (float[])[i / 10f, i / 10f + i % 3 * 0.1f])];

        MahalanobisDistance distance = MahalanobisDistance.Fit(rows, new int[101]);

        Assert.InRange(distance.Nearest([3, 3]).Distance, 0, 1.5);
        Assert.InRange(distance.Nearest([3, -3]).Distance, 10, 1000);
    }

    [Fact]
    public void Nearest_ForeignRows_LieFurtherThanKnownOnes()
    {
        (float[][] rows, _) = Made.Clusters(500, 20, 4, spread: 0.2, seed: 1);
        float[][] foreign = [.. Made.Clusters(100, 20, 8, spread: 0.2, seed: 2) is var (all, labels)
            ? all.Where((_, i) => labels[i] >= 4) : []];
        KMeans clusters = KMeans.Fit(rows[..400], 4, seed: 3);

        MahalanobisDistance distance = MahalanobisDistance.Fit(rows[..400], clusters.Assignment);

        double[] known = [.. rows[400..].Select(row => distance.Nearest(row).Distance)];
        Assert.True(foreign.Min(row => distance.Nearest(row).Distance) > known.Max());
    }

    [Fact]
    public void Fit_EmptyCluster_Throws() => Assert.Contains("Cluster 1",
        Assert.Throws<ArgumentException>(() => MahalanobisDistance.Fit([[1f], [2f]], [0, 2])).Message);
}
