using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.RouterEvaluation.Data;

namespace Orchestrator.Jobs.Tests.RouterEvaluation.Data;

public sealed class SplitRuleTests
{
    [Fact]
    public void Of_Field_FollowsTheFile()
    {
        DataSplit split = Assert.Single(SplitRule.Parse("field").Of(RoutingSets.Small));

        Assert.Equal(Enumerable.Range(0, 80), split.Train);
        Assert.Equal(Enumerable.Range(80, 40), split.Test);
    }

    [Fact]
    public void Of_FieldThatIsMissing_NamesTheQuestion()
    {
        RoutingSet set = RoutingSets.Small with { Rows = [RoutingSets.Small.Rows[0], RoutingSets.Small.Rows[1] with { Split = null }] };

        Assert.Contains("'q1'", Assert.Throws<EvalException>(() => SplitRule.Field.Of(set)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Hash_DependsOnIdsAlone()
    {
        RoutingSet backwards = RoutingSets.Small with { Rows = [.. RoutingSets.Small.Rows.Reverse()] };

        DataSplit split = Assert.Single(SplitRule.Parse("hash:70").Of(RoutingSets.Small));
        DataSplit other = Assert.Single(SplitRule.Parse("hash:70").Of(backwards));

        Assert.InRange(split.Train.Count, 70, 98);
        Assert.Equal(split.Train, other.Train.Select(row => 119 - row).Order());
        Assert.Equal(120, split.Train.Union(split.Test).Count());
    }

    [Fact]
    public void Of_Random_GivesAsManyDifferentSplitsAndTheSameAgain()
    {
        IReadOnlyList<DataSplit> splits = SplitRule.Parse("random:3:80").Of(RoutingSets.Small);

        Assert.Equal([96, 96, 96], splits.Select(split => split.Train.Count));
        Assert.All(splits, split => Assert.Equal(120, split.Train.Union(split.Test).Count()));
        Assert.Equal(3, splits.Select(split => string.Join(',', split.Test)).Distinct().Count());
        Assert.Equal(splits[1].Test, SplitRule.Parse("random:3:80").Of(RoutingSets.Small)[1].Test);
        Assert.NotEqual(splits[0].Test, SplitRule.Parse("random:3:80", seed: 9).Of(RoutingSets.Small)[0].Test);
    }

    [Theory]
    [InlineData("half")]
    [InlineData("hash")]
    [InlineData("hash:0")]
    [InlineData("hash:100")]
    [InlineData("random:20")]
    [InlineData("random:0:80")]
    [InlineData("random:-1:80")]
    public void Parse_NoRule_SaysWhatIsAllowed(string text) =>
        Assert.Contains(SplitRule.Allowed, Assert.Throws<EvalException>(() => SplitRule.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_PartWithoutQuestions_IsRefused()
    {
        RoutingSet set = RoutingSets.Small with { Rows = [RoutingSets.Small.Rows[0]] };

        Assert.Throws<EvalException>(() => SplitRule.Field.Of(set));
    }
}
