using Orchestrator.Router.Feedback;

namespace Orchestrator.Router.Tests.Feedback;

public sealed class FeedbackLedgerTests
{
    [Fact]
    public void Put_SameRequestAndClient_Replaces()
    {
        var ledger = new FeedbackLedger(10);

        Assert.False(ledger.Put(Verdicts.Of("a", "q", "x", 0, "1")));
        Assert.True(ledger.Put(Verdicts.Of("a", "q", "x", 1, "1")));

        Assert.Equal(1, Assert.Single(ledger.Rows).Scores["x"]);
    }

    [Fact]
    public void Put_SameRequestOfAnotherClient_IsAVerdictOfItsOwn()
    {
        var ledger = new FeedbackLedger(10);
        ledger.Put(Verdicts.Of("a", "q", "x", 0, "1"));

        Assert.False(ledger.Put(Verdicts.Of("b", "q", "x", 1, "1")));
        Assert.Equal(2, ledger.Rows.Count);
    }

    [Fact]
    public void Put_FloodOfOneClient_KeepsTheOthers()
    {
        var ledger = new FeedbackLedger(10);
        for (int i = 0; i < 4; i++)
            ledger.Put(Verdicts.Of("honest", "q", "x", 1, $"h{i}"));
        for (int i = 0; i < 1000; i++)
            ledger.Put(Verdicts.Of("flood", "q", "x", 0, $"f{i}"));

        Assert.Equal(10, ledger.Rows.Count);
        Assert.Equal(4, ledger.Rows.Count(row => row.Client == "honest"));
        Assert.Equal("f999", ledger.Rows.Last().Request);
    }
}
