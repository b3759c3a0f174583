using Orchestrator.Bench.Scheduling;
using Orchestrator.Experts.Scheduling.Lookahead;

namespace Orchestrator.Experts.Tests.Scheduling.Lookahead;

public sealed class LookaheadOrderTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Plan_RandomProblem_RespectsPrecedencesAndBudget(int seed)
    {
        var problem = RandomProblem.Of(groups: 20, experts: 10, seed);
        var plan = LookaheadOrder.Plan(problem);
        var resident = problem.Resident.ToHashSet();
        var done = new HashSet<int>();
        var seconds = 0.0;
        foreach (var step in plan.Steps)
        {
            Assert.All(step.Evicts, e => Assert.True(resident.Remove(e)));
            Assert.All(step.Loads, e => Assert.True(resident.Add(e)));
            Assert.True(resident.Sum(e => problem.Experts[e].Bytes) <= problem.Budget);
            Assert.Subset(resident, problem.Groups[step.Group].Experts.ToHashSet());
            Assert.Subset(done, problem.Groups[step.Group].After.ToHashSet());
            Assert.True(done.Add(step.Group));
            seconds += step.Loads.Sum(e => problem.Experts[e].LoadSeconds);
        }

        Assert.Equal(problem.Groups.Count, done.Count);
        Assert.Equal(plan.LoadSeconds, seconds, 6);
        Assert.True(plan.LoadSeconds <= LookaheadOrder.AsGiven(problem).LoadSeconds);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Plan_EightGroups_StaysNearTheOptimum(int seed)
    {
        var problem = RandomProblem.Of(groups: 8, experts: 8, seed);
        Assert.InRange(LookaheadOrder.Plan(problem).LoadSeconds, ExactOrder.Seconds(problem) - 1e-6, ExactOrder.Seconds(problem) * 1.2 + 1e-6);
    }

    [Fact]
    public void Plan_SingleExpertGroups_LoadsEachColdExpertOnceAndResidentFirst()
    {
        LookaheadExpert[] experts = [.. Enumerable.Range(0, 6).Select(i => new LookaheadExpert(100, 1 + i))];
        LookaheadGroup[] groups = [.. Enumerable.Range(0, 24).Select(i => new LookaheadGroup([i % 6], 1, []))];
        var plan = LookaheadOrder.Plan(new LookaheadProblem(experts, groups, Budget: 200, Resident: [4, 5]));
        Assert.Equal([0, 1, 2, 3], plan.Steps.SelectMany(s => s.Loads).Order());
        Assert.All(plan.Steps.Take(8), s => Assert.Contains(groups[s.Group].Experts[0], new[] { 4, 5 }));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Plan_RandomProblemWithSharedBases_RespectsTheBudgetAndCountsEachBaseOnce(int seed)
    {
        var problem = WithBases(RandomProblem.Of(groups: 20, experts: 10, seed), bases: 3);
        var plan = LookaheadOrder.Plan(problem);
        var resident = problem.Resident.ToHashSet();
        var seconds = 0.0;
        foreach (var step in plan.Steps)
        {
            // A base that a victim leaves to a newcomer stays.
            var before = problem.BasesOf(resident).ToHashSet();
            Assert.All(step.Evicts, e => Assert.True(resident.Remove(e)));
            Assert.All(step.Loads, e => Assert.True(resident.Add(e)));
            Assert.True(Held(problem, resident) <= problem.Budget);
            Assert.Subset(resident, problem.Groups[step.Group].Experts.ToHashSet());
            seconds += step.Loads.Sum(e => problem.Experts[e].LoadSeconds)
                + problem.BasesOf(step.Loads).Where(b => !before.Contains(b)).Sum(b => problem.Bases[b].LoadSeconds);
        }

        Assert.Equal(problem.Groups.Count, plan.Steps.Select(s => s.Group).Distinct().Count());
        Assert.Equal(plan.LoadSeconds, seconds, 6);
        Assert.True(plan.LoadSeconds <= LookaheadOrder.AsGiven(problem).LoadSeconds + 1e-9);
    }

    [Fact]
    public void Plan_AdapterOfAResidentBase_CostsOnlyItsOwnPart()
    {
        // The base's user and the adapter take 100 together, not 190.
        LookaheadExpert[] experts = [new(5, 0.1, Base: 0), new(5, 0.1, Base: 0), new(100, 1)];
        LookaheadGroup[] groups = [.. new[] { 0, 2, 1 }.Select(e => new LookaheadGroup([e], 1, []))];
        var plan = LookaheadOrder.Plan(
            new LookaheadProblem(experts, groups, Budget: 100, Resident: []) { Bases = [new LookaheadBase(90, 10)] });

        Assert.Equal(11.2, plan.LoadSeconds, 6);
        Assert.Equal(1, Math.Abs(At(plan, 0) - At(plan, 2)));

        static int At(LookaheadPlan plan, int group) => plan.Steps.Select(s => s.Group).ToList().IndexOf(group);
    }

    [Fact]
    public void Plan_GroupFitsOnlyBecauseItsExpertsShareABase_IsPlanned()
    {
        var problem = new LookaheadProblem(
            [new LookaheadExpert(5, 0.1, Base: 0), new LookaheadExpert(5, 0.1, Base: 0)], [new LookaheadGroup([0, 1], 1, [])], 100, [])
        {
            Bases = [new LookaheadBase(90, 10)],
        };

        Assert.Equal(10.2, LookaheadOrder.Plan(problem).LoadSeconds, 6);
        Assert.Throws<InvalidDataException>(() => LookaheadOrder.Plan(problem with { Budget = 99 }));
    }

    [Fact]
    public void Plan_GroupLargerThanBudget_Throws() => Assert.Throws<InvalidDataException>(() => LookaheadOrder.Plan(
        new LookaheadProblem([new LookaheadExpert(100, 1)], [new LookaheadGroup([0], 1, [])], 99, [])));

    /// <summary>Two thirds of the experts become adapters: nine tenths of what they were is a base that they share.</summary>
    static LookaheadProblem WithBases(LookaheadProblem problem, int bases) => problem with
    {
        Experts = [.. problem.Experts.Select((e, i) => i % 3 == 0 ? e : new LookaheadExpert(e.Bytes / 10, e.LoadSeconds / 10, i % bases))],
        Bases = [.. Enumerable.Range(0, bases).Select(b => new LookaheadBase(100 + (40 * b), 2 + b))],
    };

    static long Held(LookaheadProblem problem, HashSet<int> resident) =>
        resident.Sum(e => problem.Experts[e].Bytes)
        + resident.Select(e => problem.Experts[e].Base).Where(b => b >= 0).ToHashSet().Sum(b => problem.Bases[b].Bytes);
}
