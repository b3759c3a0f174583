using Orchestrator.Router.Composition;

namespace Orchestrator.Router.Tests.Composition;

public sealed class LocalSearchCompositionTests
{
    [Theory]
    [InlineData(1500L, null)]
    [InlineData(2500L, 90.0)]
    public void Solve_SmallPools_IsWithinItsStatedGap(long bytes, double? active)
    {
        var budget = new CompositionBudget(bytes, active);
        var (optimal, all) = (0, 0);
        for (int seed = 0; seed < 40; seed++)
        {
            (CategoryScores scores, ExpertSize[] sizes) = MadeComposition.Instance(5, 6, seed);
            double best = MadeComposition.Best(scores, sizes, budget);
            if (double.IsNaN(best))
                continue;
            CompositionProblem problem = CompositionProblem.Of(scores, sizes, budget);
            Assignment found = LocalSearchComposition.Solve(problem);
            Assert.InRange(best, found.Quality - 1e-9, found.Quality + found.Slack + 1e-9);
            Assert.True(found.Bytes(problem) <= bytes);
            all++;
            optimal += best - found.Quality < 1e-9 ? 1 : 0;
        }
        Assert.InRange(optimal, 0.8 * all, all);
    }

    [Fact]
    public void Solve_LargePool_StatesASmallGap()
    {
        (CategoryScores scores, ExpertSize[] sizes) = MadeComposition.Instance(20, 64, seed: 3);

        CompositionMap map = CompositionSolver.Solve(scores, sizes, new CompositionBudget(MaxResidentBytes: 3000));

        Assert.InRange(map.Gap, 0, 0.05);
        Assert.InRange(map.ResidentBytes!.Value, 1, 3000);
        Assert.True(map.Gap == 0 || map.Reasons.Any(reason => reason.Contains("not exhaustive")));
    }
}
