using Orchestrator.Host.Commands;
using Orchestrator.Router.Coverage;

namespace Orchestrator.Host.Tests.Commands;

public sealed class CoverageCommandTests
{
    [Fact]
    public void Describe_Report_ListsRegionsTheBoundAndHonesty()
    {
        var text = CoverageCommand.Describe(new CoverageReport(
            [
                new CoveredRegion(3, 80, "What is\n1 + 1?", "abacus", 0.91, 0.85, 80, HasSpecialist: true),
                new CoveredRegion(0, 20, new string('x', 99), "cipher", 0.2, 0.1, 20, HasSpecialist: false),
            ],
            NovelFrom: 2.5,
            Floor: 0.4,
            [new PolicyHonesty("auto", 0.031), new PolicyHonesty("dice", null)]));

        var lines = text.Split(Environment.NewLine);
        Assert.Equal("     3        80  abacus                   0.91      0.85  What is 1 + 1?", lines[1]);
        Assert.EndsWith("x…  (no specialist)", lines[2], StringComparison.Ordinal);
        Assert.Contains("distance above 2.5", text, StringComparison.Ordinal);
        Assert.EndsWith(" 0.031", lines[^2], StringComparison.Ordinal);
        Assert.EndsWith(" not calibrated", lines[^1], StringComparison.Ordinal);
    }
}
