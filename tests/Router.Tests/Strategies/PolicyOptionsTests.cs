using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Tests.Strategies;

public sealed class PolicyOptionsTests
{
    readonly List<string> _problems = [];

    [Fact]
    public void Bind_NothingWritten_GivesDefaults()
    {
        Assert.Equal(new NearestOptions(), Bind<NearestOptions>([]));
        Assert.Empty(_problems);
    }

    [Fact]
    public void Bind_WrittenOptions_ReplacesThem()
    {
        var options = Bind<NearestOptions>(new() { ["neighbours"] = "7", ["Sharpness"] = "2.5" });

        Assert.Equal(new NearestOptions { Neighbours = 7, Sharpness = 2.5 }, options);
    }

    [Theory]
    [InlineData("neighbours", "0", "must be a whole number from 1 to 10000")]
    [InlineData("neighbours", "2.5", "must be a whole number from 1 to 10000")]
    [InlineData("neighbours", "many", "option 'neighbours' is 'many'")]
    [InlineData("sharpness", "NaN", "must be a number from 0 to 1000")]
    [InlineData("sharpness", "-1", "must be a number from 0 to 1000")]
    [InlineData("neighbors", "7", "there is no option 'neighbors'; did you mean 'neighbours'?")]
    [InlineData("temperature", "7", "there is no option 'temperature'; there are neighbours, sharpness, shrinkage")]
    public void Bind_BadOption_SaysWhereAndWhatIsAllowed(string name, string value, string problem)
    {
        Assert.Null(Bind<NearestOptions>(new() { [name] = value }));

        string only = Assert.Single(_problems);
        Assert.StartsWith("Policy 'auto' (line 12), strategy 'nearest': ", only, StringComparison.Ordinal);
        Assert.Contains(problem, only, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_Choice_IsByItsName()
    {
        Assert.Equal(SkillScoring.Paper, Bind<SymbolicMoeOptions>(new() { ["scores"] = "paper" })!.Scores);
        Assert.Equal(SkillScoring.Shrunk, Bind<SymbolicMoeOptions>(new() { ["scores"] = "shrunk" })!.Scores);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public void Bind_Switch_IsTrueOrFalse(string text, bool value) =>
        Assert.Equal(value, Bind<SymbolicMoeOptions>(new() { ["replacement"] = text })!.Replacement);

    [Theory]
    [InlineData("scores", "linear", "must be shrunk or paper")]
    [InlineData("scores", "1", "must be shrunk or paper")]
    [InlineData("temperature", "0", "must be a number from 0.05 to 100")]
    [InlineData("trim", "1.5", "must be a number from 0 to 1")]
    [InlineData("prior", "0", "must be a number from 0.01 to 1000")]
    [InlineData("floor", "-1", "must be a number from 0 to 1")]
    [InlineData("neighbours", "0", "must be a whole number from 1 to 1000")]
    [InlineData("seed", "-1", "must be a whole number from 0 to 2147483647")]
    [InlineData("replacement", "yes", "must be true or false")]
    [InlineData("skills", "given", "must be auto or tagger or neighbours")]
    [InlineData("trim_by", "expert", "must be question or batch")]
    [InlineData("replace", "true", "there is no option 'replace'")]
    public void Bind_BadOptionOfSymbolicMoe_SaysWhatIsAllowed(string name, string value, string problem)
    {
        Assert.Null(Bind<SymbolicMoeOptions>(new() { [name] = value }));

        Assert.Contains(problem, Assert.Single(_problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_SeveralBadOptions_ReportsAll()
    {
        Bind<NearestOptions>(new() { ["neighbours"] = "0", ["sharpness"] = "x", ["other"] = "1" });

        Assert.Equal(3, _problems.Count);
    }

    TOptions? Bind<TOptions>(Dictionary<string, string> options)
        where TOptions : class, new() =>
        PolicyOptions.Bind<TOptions>(new PolicyConfig("auto", "nearest", options, 12), _problems);
}
