using Orchestrator.Jobs.RouterEvaluation.Data;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Tests.RouterEvaluation.Data;

public sealed class DuplicatesTests
{
    [Fact]
    public void Of_SameLettersOrSameBeginning_AreFound()
    {
        string begin = new('a', 160);
        RoutingSet set = Set("What is it?", begin + "b", "?!", "WHAT  is it", begin + "c", new string('a', 159) + "c", "...");

        Assert.Equal([3, 4], Duplicates.Of(set, new DataSplit([0, 1, 2], [3, 4, 5, 6])).Order());
    }

    static RoutingSet Set(params string[] questions) => new(
        "set", ["x"], [.. questions.Select((question, i) => new RoutingRow(new OutcomeRow($"q{i}", question, [], [new Outcome(1, null)]), null, null))]);
}
