using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.Tools;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.Tests.Tools;

public sealed class ToolRecruitingTests
{
    static readonly ToolUse Use = new() { Offered = [new ToolDefinition("now", null, null)] };

    [Fact]
    public void Callers_Some_AreThoseThatCallTools() =>
        Assert.Equal(["b"], ToolRecruiting.Callers([Expert("a", ToolFormat.None), Expert("b")], Use).Select(expert => expert.Id));

    [Fact]
    public void Callers_NoneThatAnswers_IsRefusedWithTheRemedy()
    {
        ExpertSnapshot[] experts = [Expert("a", ToolFormat.None), Expert("b") with { Purpose = ExpertPurpose.Aggregate }];

        var error = Assert.Throws<ApiException>(() => ToolRecruiting.Callers(experts, Use)).Error;

        Assert.Equal((400, "tools", "unsupported_parameter"), (error.Status, error.Param, error.Code));
        Assert.Contains("'tools: hermes'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ExpertWithoutTools_NamesTheFieldThatNeedsThem()
    {
        var use = new ToolUse { Turns = [null, new ToolTurn { Calls = [new("c", "now", "{}")] }, new ToolTurn { ResultOf = "c" }] };

        var error = Assert.Throws<ApiException>(() => ToolRecruiting.Check(Expert("a", ToolFormat.None), use)).Error;

        Assert.Equal("messages[1].tool_calls", error.Param);
        Assert.StartsWith("'messages[1].tool_calls' is not supported", error.Message, StringComparison.Ordinal);
        Assert.Contains("'a' calls no tools", error.Message, StringComparison.Ordinal);
        ToolRecruiting.Check(Expert("b"), Use);
    }

    [Fact]
    public void Narrow_Panel_LeavesThePrimaryAndSaysSo()
    {
        var plan = Plan("b", "c") with { Aggregator = "majority", AggregatorExpert = "a" };

        var narrowed = ToolRecruiting.Narrow(plan, Policy, [Expert("b"), Expert("c")]);

        Assert.Equal(["b"], narrowed.Panel);
        Assert.Equal((RoutePlan.First, null), (narrowed.Aggregator, narrowed.AggregatorExpert));
        Assert.Equal(["b", "c"], narrowed.Ranked.Select(ranked => ranked.Expert));
        Assert.Equal("why", narrowed.Reasons[0]);
        Assert.Contains("'b' answers alone", narrowed.Reasons[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Narrow_Cascade_SaysThatOneAnswers() =>
        Assert.Contains("'b' answers alone", ToolRecruiting.Narrow(Plan("b"), Policy with { Evidence = 2 }, [Expert("b")]).Reasons[^1], StringComparison.Ordinal);

    [Fact]
    public void Narrow_OneExpert_OnlySaysWhoWasRanked() => Assert.Equal(
        ["why", "The request brings tools, so only experts that call them were ranked."],
        ToolRecruiting.Narrow(Plan("b"), Policy, [Expert("b"), Expert("c")]).Reasons);

    static readonly PolicyConfig Policy = new("p", "nearest", new Dictionary<string, string>(), 1);

    static RoutePlan Plan(params string[] panel) => new()
    {
        Policy = "p",
        Strategy = "nearest",
        Ranked = [new("b", 1, 1), new("c", 0.5, 1)],
        Panel = panel,
        Confidence = 1,
        SupportDistance = 0,
        Reasons = ["why"],
    };

    static ExpertSnapshot Expert(string id, ToolFormat tools = ToolFormat.Hermes) => new() { Id = id, Residency = Residency.Cold, Tools = tools };
}
