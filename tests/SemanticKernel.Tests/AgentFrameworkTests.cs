using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Orchestrator.Client;
using Orchestrator.TestKit.Agents;

namespace Orchestrator.SemanticKernel.Tests;

/// <summary>Agent Framework itself over the real zoo.</summary>
[Collection(ZooCollection.Name)]
public sealed class AgentFrameworkTests(ZooKernel zoo)
{
    [Fact]
    public async Task ChatClientAgent_OverExperts_Answers()
    {
        AIAgent agent = new ChatClientAgent(zoo.Kernel.GetRequiredService<IChatClient>(), name: "experts");

        Assert.EndsWith("Answer: 42", (await agent.RunAsync("What is 17 + 25?")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChatClientAgent_PlannerWithFunctions_CallsThem()
    {
        using var planner = new ScriptedPlanner("ask_experts", question => new() { ["question"] = question });
        AIAgent agent = new ChatClientAgent(planner, tools: [.. zoo.Kernel.GetRequiredService<OrchestratorPlugin>().Functions]);
        List<string> pieces = [];

        await foreach (var update in agent.RunStreamingAsync("What is the capital of Finland?")) pieces.Add(update.Text);

        Assert.Contains("Helsinki", string.Concat(pieces), StringComparison.Ordinal);
    }
}
