using Orchestrator.Jobs.Training;
using Orchestrator.Router.Routing;

namespace Orchestrator.Jobs.Tests.Training;

public sealed class AutoGridTests
{
    [Fact]
    public void Candidates_AreEveryStrategyButChanceAndAuto() => Assert.Equal(
        PolicyRouter.Strategies.Except(["auto", "random", "top-p"]),
        AutoGrid.Candidates.Select(candidate => candidate.Strategy).Distinct());

    [Fact]
    public void Candidates_AreDistinct() => Assert.Distinct(AutoGrid.Candidates.Select(candidate =>
        $"{candidate.Strategy} {string.Join(' ', candidate.Options)}"));
}
