using Orchestrator.Experts.Configuration;

namespace Orchestrator.Experts.Tests;

public sealed class OutOfServiceTests
{
    [Fact]
    public void Of_ManyThatAreOut_NamesThreeWithTheirReasonsAndCountsTheRest() => Assert.Equal(
        "'a' is out: no file; 'b' is out: it needs more than the memory budget; 'c' is out: broken; and 2 more are out",
        OutOfService.Of(
        [
            Out("e", "x"), Out("c", "broken"), Out("a", "no file"), new() { Id = "b", Residency = Residency.Cold, FitsBudget = false }, Out("d", "x"),
            new() { Id = "0-embeds", Residency = Residency.Quarantined, Reason = "no file", Purpose = ExpertPurpose.Embed },
        ]));

    [Fact]
    public void Of_NoneThatAnswers_SaysSo() => Assert.Equal(
        "none is configured that answers", OutOfService.Of([new() { Id = "e", Residency = Residency.Cold, Purpose = ExpertPurpose.Embed }]));

    static ExpertSnapshot Out(string id, string reason) => new() { Id = id, Residency = Residency.Quarantined, Reason = reason };
}
