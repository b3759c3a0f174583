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

    [Fact]
    public void Plan_GroupLargerThanBudget_Throws() => Assert.Throws<InvalidDataException>(() => LookaheadOrder.Plan(
        new LookaheadProblem([new LookaheadExpert(100, 1)], [new LookaheadGroup([0], 1, [])], 99, [])));
}
