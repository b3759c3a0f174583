using Orchestrator.Router.Coverage;
using Orchestrator.Router.Learning;

namespace Orchestrator.Router.Tests.Coverage;

public sealed class WhiteRowsTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(32)]
    [InlineData(122)]
    public void Nearest_RowsOfAnyWidth_IsThatOfAllDistancesInOrder(int width)
    {
        var random = new Random(5);
        float[][] rows = [.. Enumerable.Range(0, 300).Select(_ => Row(random, width))];
        MahalanobisDistance metric = MahalanobisDistance.Fit(rows, new int[rows.Length]);
        var white = new WhiteRows(metric, rows, most: 1000);
        float[] asked = Row(random, width);

        double[] all = [.. rows.Select(row => Distance(metric.White(row), metric.White(asked))).Order()];

        Assert.Equal(all[0], white.Nearest(asked), 4);
        Assert.Equal(all[6], white.Nearest(asked, 7), 4);
    }

    [Fact]
    public void Nearest_MoreRowsThanAreKept_LooksAtAnEvenSample()
    {
        float[][] rows = [.. Enumerable.Range(0, 10).Select(i => new float[] { i })];
        var white = new WhiteRows(MahalanobisDistance.Fit(rows, new int[10]), rows, most: 5);

        Assert.Equal(0, white.Nearest([4]), 6);
        Assert.True(white.Nearest([5]) > 0.1);
    }

    static float[] Row(Random random, int width) => [.. Enumerable.Range(0, width).Select(_ => (float)random.NextDouble())];

    static double Distance(double[] left, double[] right) => Math.Sqrt(left.Zip(right, (a, b) => (a - b) * (a - b)).Sum());
}
