using Orchestrator.Router.Composition;

namespace Orchestrator.Router.Tests.Composition;

public sealed class CompositionSolverTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData(1500L, null)]
    [InlineData(null, 70.0)]
    [InlineData(2000L, 90.0)]
    public void Solve_SmallPools_EqualsTryingAllMaps(long? bytes, double? active)
    {
        var budget = new CompositionBudget(bytes, active);
        int feasible = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            (CategoryScores scores, ExpertSize[] sizes) = MadeComposition.Instance(5, 6, seed);
            double best = MadeComposition.Best(scores, sizes, budget);
            if (double.IsNaN(best))
            {
                Assert.Throws<CompositionException>(() => CompositionSolver.Solve(scores, sizes, budget));
                continue;
            }
            feasible++;
            CompositionMap map = CompositionSolver.Solve(scores, sizes, budget);
            Assert.Equal(best, map.Quality, 1e-9);
            Assert.Equal(map.Quality, map.Choices.Sum(choice => choice.Share * choice.Value), 1e-9);
            Assert.True(map.ResidentBytes <= (bytes ?? long.MaxValue));
            Assert.True(map.MeanActiveParameters <= (active ?? double.MaxValue) + 1e-9);
            Assert.Equal(0, map.Gap, 1e-12);
        }
        Assert.InRange(feasible, 20, 40);
    }

    [Fact]
    public void Solve_ExpertOfUnknownSize_IsNotChosenUnderABudgetOnIt()
    {
        CategoryScores scores = TwoExperts(good: 0.9, bad: 0.4);
        ExpertSize[] sizes = [new(null, 10), new(100, null)];

        CompositionMap free = CompositionSolver.Solve(scores, sizes, new CompositionBudget());
        CompositionMap bytes = CompositionSolver.Solve(scores, sizes, new CompositionBudget(MaxResidentBytes: 1000));
        CompositionMap active = CompositionSolver.Solve(scores, sizes, new CompositionBudget(MaxMeanActiveParameters: 1000));

        Assert.Equal(["good"], free.Resident);
        Assert.Null(free.ResidentBytes);
        Assert.Equal(["bad"], bytes.Resident);
        Assert.Null(bytes.MeanActiveParameters);
        Assert.Contains("good cannot be chosen under a budget on resident bytes: its size is unknown.", bytes.Reasons);
        Assert.Equal(["good"], active.Resident);
        Assert.Contains(active.Reasons, reason => reason.StartsWith("bad cannot be chosen under a budget on mean active", StringComparison.Ordinal));
    }

    [Fact]
    public void Solve_OnlyUnknownSizes_SaysSo() => Assert.Contains("its size is unknown", Assert.Throws<CompositionException>(
        () => CompositionSolver.Solve(TwoExperts(0.5, 0.5), [new(), new()], new CompositionBudget(10))).Message);

    [Fact]
    public void Solve_ExpertWithoutOutcomes_IsNotChosen() =>
        Assert.Equal(["bad"], CompositionSolver.Solve(TwoExperts(double.NaN, 0.1), [new(), new()], new CompositionBudget()).Resident);

    [Theory]
    [InlineData(99L, null, "the smallest budget that works is 100 bytes (bad)")]
    [InlineData(null, 9.0, "the smallest budget that works is 10 active parameters (good)")]
    [InlineData(250L, 15.0, "the smallest budget that works is 300 bytes (good)")]
    [InlineData(250L, 15.0, "the smallest budget that works is 20 active parameters (bad)")]
    [InlineData(1L, 1.0, "the smallest that work are 100 bytes (bad) or 10 active parameters (good)")]
    public void Solve_BudgetTooSmall_NamesTheSmallestThatWorks(long? bytes, double? active, string expected)
    {
        ExpertSize[] sizes = [new(300, 10), new(100, 20)];

        var failure = Assert.Throws<CompositionException>(() =>
            CompositionSolver.Solve(TwoExperts(0.9, 0.4), sizes, new CompositionBudget(bytes, active)));

        Assert.Contains(expected, failure.Message);
    }

    [Fact]
    public void Solve_SmallestBudgetNamed_DoesWork()
    {
        ExpertSize[] sizes = [new(300, 10), new(100, 20)];

        Assert.Equal(["good"], CompositionSolver.Solve(TwoExperts(0.9, 0.4), sizes, new CompositionBudget(300, 15)).Resident);
        Assert.Equal(["bad"], CompositionSolver.Solve(TwoExperts(0.9, 0.4), sizes, new CompositionBudget(250, 20)).Resident);
    }

    [Fact]
    public void Solve_SixteenExpertsBothBudgets_IsExactAndNoWorseThanTheSearch()
    {
        for (int seed = 0; seed < 3; seed++)
        {
            (CategoryScores scores, ExpertSize[] sizes) = MadeComposition.Instance(14, 16, seed);
            var budget = new CompositionBudget(4000, 80);

            CompositionMap exact = CompositionSolver.Solve(scores, sizes, budget);
            Assignment searched = LocalSearchComposition.Solve(CompositionProblem.Of(scores, sizes, budget));

            Assert.Equal(0, exact.Gap, 1e-12);
            Assert.InRange(exact.Quality, searched.Quality - 1e-12, searched.Quality + searched.Slack + 1e-12);
            Assert.InRange(searched.Quality, 0.97 * exact.Quality, exact.Quality + 1e-12);
        }
    }

    [Fact]
    public void Solve_Reasons_SayWhatItCosts()
    {
        (CategoryScores scores, ExpertSize[] sizes) = MadeComposition.Instance(3, 4, seed: 1);

        CompositionMap map = CompositionSolver.Solve(scores, sizes, new CompositionBudget(MaxResidentBytes: 2500));

        Assert.StartsWith($"3 categories answered by {map.Resident.Count} resident expert", map.Reasons[0]);
        Assert.Contains("Without budgets", map.Reasons[1]);
        Assert.Equal(3, map.Reasons.Count(reason => reason.Contains("of the questions")));
    }

    [Fact]
    public void Solve_UnfitSizes_SaysWhatIsWrong()
    {
        Assert.Throws<ArgumentException>(() => CompositionSolver.Solve(TwoExperts(1, 1), [new()], new CompositionBudget()));
        Assert.Throws<ArgumentException>(() => CompositionSolver.Solve(TwoExperts(1, 1), [new(0), new()], new CompositionBudget()));
    }

    static CategoryScores TwoExperts(double good, double bad) =>
        new(["all"], ["good", "bad"], [1], [[good, bad]], [[10, 10]], [good, bad]);
}
