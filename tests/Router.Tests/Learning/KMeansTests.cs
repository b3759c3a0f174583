using Orchestrator.Router.Learning;

namespace Orchestrator.Router.Tests.Learning;

public sealed class KMeansTests
{
    [Fact]
    public void Fit_SeparateClusters_FindsThem()
    {
        (float[][] rows, int[] classes) = Made.Clusters(300, 12, 4, spread: 0.1, seed: 1);

        KMeans clusters = KMeans.Fit(rows, 4, seed: 2);

        Assert.Equal(4, classes.Zip(clusters.Assignment).Distinct().Count());
        Assert.All(clusters.Centroids, centroid => Assert.Equal(1, centroid.Sum(value => value * value), 1e-5));
    }

    [Fact]
    public void Fit_LengthOfRows_DoesNotCount()
    {
        (float[][] rows, _) = Made.Clusters(100, 6, 3, spread: 0.4, seed: 3);
        float[][] longer = [.. rows.Select((row, i) => row.Select(value => value * (1 << (i % 5))).ToArray())];

        Assert.Equal(KMeans.Fit(rows, 3, seed: 4).Assignment, KMeans.Fit(longer, 3, seed: 4).Assignment);
    }

    [Fact]
    public void Fit_SameSeed_IsTheSame()
    {
        float[][] rows = Made.Rows(200, 8, seed: 5);

        KMeans first = KMeans.Fit(rows, 7, seed: 6);

        Assert.Equal(first.Assignment, KMeans.Fit(rows, 7, seed: 6).Assignment);
        Assert.NotEqual(first.Assignment, KMeans.Fit(rows, 7, seed: 7).Assignment);
    }

    [Fact]
    public void Fit_ManyClusters_LeavesNoneEmpty()
    {
        float[][] rows = Made.Rows(60, 3, seed: 8);

        for (int seed = 0; seed < 20; seed++)
            Assert.Equal(30, KMeans.Fit(rows, 30, seed).Assignment.Distinct().Count());
    }

    [Fact]
    public void Fit_FewDirections_GivesAsManyClusters()
    {
        float[][] rows = [[1, 0], [0, 1], [2, 0], [0, 3], [0, 0]];

        KMeans clusters = KMeans.Fit(rows, 4, seed: 9);

        Assert.Equal(2, clusters.Centroids.Length);
        Assert.Equal(clusters.Assignment[0], clusters.Assignment[2]);
        Assert.NotEqual(clusters.Assignment[0], clusters.Assignment[1]);
    }

    [Fact]
    public void Fit_OnlyZeros_IsOneCluster() => Assert.Equal([0, 0], KMeans.Fit([[0f, 0f], [0f, 0f]], 2, seed: 1).Assignment);

    [Fact]
    public void Nearest_Row_OrdersByCosine()
    {
        KMeans clusters = KMeans.Fit([[1f, 0f], [0f, 1f], [-1f, 0f]], 3, seed: 10);

        NearCluster[] near = clusters.Nearest([3f, 4f], 2);

        Assert.Equal([clusters.Assignment[1], clusters.Assignment[0]], near.Select(cluster => cluster.Cluster));
        Assert.Equal(0.8, near[0].Cosine, 1e-6);
        Assert.Equal(0.6, near[1].Cosine, 1e-6);
        Assert.Equal(3, clusters.Nearest([3f, 4f], 9).Length);
    }

    [Fact]
    public void Fit_NoClusters_Throws() => Assert.Throws<ArgumentException>(() => KMeans.Fit([[1f]], 0, seed: 1));
}
