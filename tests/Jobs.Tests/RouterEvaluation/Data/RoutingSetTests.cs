using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.RouterEvaluation.Data;

namespace Orchestrator.Jobs.Tests.RouterEvaluation.Data;

public sealed class RoutingSetTests
{
    [Fact]
    public void OnlyExperts_InAnotherOrder_MovesTheirOutcomes()
    {
        RoutingSet set = RoutingSets.Small.OnlyExperts(["abacus", "novice"]);

        Assert.Equal(["abacus", "novice"], set.Experts);
        Assert.Equal([10, 1], set.Rows[5].Outcome.Outcomes.Select(outcome => outcome!.Value.Cost!.Value));
    }

    [Fact]
    public void OnlyExperts_UnknownOne_IsNamedWithThoseThereAre()
    {
        string message = Assert.Throws<EvalException>(() => RoutingSets.Small.OnlyExperts(["abacus", "nobody"])).Message;

        Assert.Contains("'nobody'", message, StringComparison.Ordinal);
        Assert.Contains("novice, cipher, abacus", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_TwoFiles_AlignsExpertsByName()
    {
        RoutingSet train = RoutingSets.Small.OnlyExperts(["abacus", "novice"]), test = RoutingSets.Small.OnlyExperts(["novice", "abacus"]);

        RoutingSet both = RoutingSet.Of(train, test);

        Assert.Equal((240, 120), (both.Rows.Count, both.Rows.Count(row => row.Split == "train")));
        Assert.Equal(both.Rows[5].Outcome.Outcomes, both.Rows[125].Outcome.Outcomes);
    }

    [Fact]
    public void Of_ExpertInOneFileOnly_IsRefused()
    {
        RoutingSet fewer = RoutingSets.Small.OnlyExperts(["abacus", "novice"]);

        Assert.Contains("cipher", Assert.Throws<EvalException>(() => RoutingSet.Of(fewer, RoutingSets.Small)).Message, StringComparison.Ordinal);
        Assert.Contains("cipher", Assert.Throws<EvalException>(() => RoutingSet.Of(RoutingSets.Small, fewer)).Message, StringComparison.Ordinal);
    }
}
