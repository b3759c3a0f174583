using Orchestrator.Router.Composition;

namespace Orchestrator.Router.Tests.Composition;

public sealed class ParetoFrontTests
{
    [Fact]
    public void ByResidentBytes_SmallPools_EqualsTryingAllMaps()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            (CategoryScores scores, ExpertSize[] sizes) = MadeComposition.Instance(4, 6, seed);

            ParetoFront front = ParetoFront.ByResidentBytes(scores, sizes);

            AssertFront(MadeComposition.All(scores, sizes).Select(map => ((double)map.Bytes, map.Quality)), front);
        }
    }

    [Fact]
    public void ByMeanActive_SmallPools_EqualsTryingAllMaps()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            (CategoryScores scores, ExpertSize[] sizes) = MadeComposition.Instance(4, 5, seed);

            ParetoFront front = ParetoFront.ByMeanActive(scores, sizes);

            AssertFront(MadeComposition.All(scores, sizes).Select(map => (map.Active, map.Quality)), front);
        }
    }

    [Fact]
    public void ByMeanActive_ManySums_StaysWithinItsGap()
    {
        (CategoryScores scores, ExpertSize[] sizes) = MadeComposition.Instance(20, 16, seed: 1);

        ParetoFront front = ParetoFront.ByMeanActive(scores, sizes);

        Assert.InRange(front.Gap!.Value, 0, 0.01);
        foreach (double active in (double[])[30, 60, 90])
        {
            double best = CompositionSolver.Solve(scores, sizes, new CompositionBudget(null, active)).Quality;
            double point = front.Points.Last(point => point.Size <= active).Quality;
            Assert.InRange(point, best - front.Gap.Value - 1e-9, best + 1e-9);
        }
    }

    [Fact]
    public void ByResidentBytes_LargePool_RisesAndClaimsNoExactness()
    {
        (CategoryScores scores, ExpertSize[] sizes) = MadeComposition.Instance(6, 24, seed: 2);

        ParetoFront front = ParetoFront.ByResidentBytes(scores, sizes);

        Assert.Null(front.Gap);
        Assert.Equal(front.Points.OrderBy(point => point.Size).Select(point => point.Quality).Order(),
            front.Points.Select(point => point.Quality));
        Assert.Equal(CompositionSolver.Solve(scores, sizes, new CompositionBudget()).Quality, front.Points[^1].Quality, 1e-9);
    }

    [Fact]
    public void ByResidentBytes_UnknownSize_IsInNoPoint()
    {
        (CategoryScores scores, ExpertSize[] sizes) = MadeComposition.Instance(4, 3, seed: 3);
        sizes[0] = sizes[0] with { ResidentBytes = null };

        ParetoFront front = ParetoFront.ByResidentBytes(scores, sizes);

        Assert.DoesNotContain(front.Points, point => point.Experts.Contains("e0"));
        Assert.Contains(front.Excluded, reason => reason.StartsWith("e0 cannot be chosen", StringComparison.Ordinal));
    }

    static void AssertFront(IEnumerable<(double Size, double Quality)> maps, ParetoFront front)
    {
        List<(double Size, double Quality)> expected = [];
        foreach ((double size, double quality) in maps.OrderBy(map => map.Size).ThenByDescending(map => map.Quality))
            if (expected.Count == 0 || quality > expected[^1].Quality + 1e-12)
                expected.Add((size, quality));
        Assert.Equal(0, front.Gap);
        Assert.Equal(expected.Count, front.Points.Count);
        foreach (((double size, double quality), ParetoPoint point) in expected.Zip(front.Points))
        {
            Assert.Equal(size, point.Size, 1e-6);
            Assert.Equal(quality, point.Quality, 1e-9);
        }
    }
}
