using Orchestrator.Client;
using Orchestrator.Samples.Agent;
using Orchestrator.TestKit.Agents;

namespace Orchestrator.Host.Tests.Samples;

/// <summary>The sample over the real service; only the planner's wish to call a tool is scripted.</summary>
[Collection(ZooCollection.Name)]
public sealed class ConsoleAgentTests(ZooService zoo)
{
    [Fact]
    public async Task RunAsync_TwoQuestions_AsksTheExpertsEachTime()
    {
        using var experts = new OrchestratorPlugin(new OrchestratorClientOptions { Endpoint = zoo.Address });
        using var planner = new ScriptedPlanner("ask_experts", question => new() { ["question"] = question });
        using var answers = new StringWriter();

        await ConsoleAgent.RunAsync(planner, experts, new StringReader("What is 17 + 25?\nWhat is the capital of Finland?\n"), answers);

        Assert.Equal(2, answers.ToString().Split("(ask_experts)").Length - 1);
        Assert.Contains("Answer: 42", answers.ToString(), StringComparison.Ordinal);
        Assert.Contains("Helsinki", answers.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ServiceIsGone_ThePlannerIsToldWhatToDo()
    {
        using var experts = new OrchestratorPlugin(new OrchestratorClientOptions { Endpoint = new Uri("http://127.0.0.1:1"), Retries = 0 });
        using var planner = new ScriptedPlanner("ask_experts", question => new() { ["question"] = question });
        using var answers = new StringWriter();

        await ConsoleAgent.RunAsync(planner, experts, new StringReader("What is 17 + 25?\n"), answers);

        Assert.Contains("orchestrator serve", answers.ToString(), StringComparison.Ordinal);
    }
}
