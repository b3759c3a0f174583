using Orchestrator.Aggregator.Answers;

namespace Orchestrator.Aggregator.Tests.Answers;

public sealed class NumbersTests
{
    [Theory]
    [InlineData("1e-12", "2e-12", false)]
    [InlineData("1e-12", "1.0000000000001e-12", true)]
    [InlineData("0", "1e-12", false)]
    [InlineData("1e-12", "0", true)]
    [InlineData("-0", "0", true)]
    [InlineData("0.30000000000000004", "0.3", true)]
    [InlineData("1000000.01", "1000000", false)]
    public void AreSame_Numbers_MayDifferByRoundingOnly(string answer, string reference, bool same) =>
        Assert.Equal(same, Numbers.AreSame(answer, reference));
}
