using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Orchestrator.Client;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Agents;

namespace Orchestrator.SemanticKernel.Tests;

/// <summary>The lines of README.md on the two hosts, over the real zoo.</summary>
[Collection(ZooCollection.Name)]
public sealed class ReadmeTests(ZooKernel zoo)
{
    [Fact]
    public void Readme_HasTheseLines() => Assert.Empty(ReadmeExample.MissingLines());

    [Fact]
    public async Task AgentFramework_AsWritten_TakesBoth()
    {
        using var planner = new ScriptedPlanner("ask_experts", question => new() { ["question"] = question });
        var experts = zoo.Kernel.GetRequiredService<OrchestratorPlugin>();
        var chat = zoo.Kernel.GetRequiredService<IChatClient>();
        // README
        AIAgent planned = new ChatClientAgent(planner, tools: [.. experts.Functions]);
        AIAgent alone = new ChatClientAgent(chat, name: "experts");
        // README end

        Assert.Contains("Answer: 42", (await planned.RunAsync("What is 17 + 25?")).Text, StringComparison.Ordinal);
        Assert.EndsWith("Answer: 42", (await alone.RunAsync("What is 17 + 25?")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SemanticKernel_AsWritten_TakesBoth()
    {
        var kernel = new Kernel();
        var experts = zoo.Kernel.GetRequiredService<OrchestratorPlugin>();
        var chat = zoo.Kernel.GetRequiredService<IChatClient>();
        // README
        kernel.Plugins.AddFromFunctions("orchestrator", experts.Functions.Select(function => function.AsKernelFunction()));
        var service = chat.AsBuilder().UseKernelFunctionInvocation().Build().AsChatCompletionService();
        // README end

        var told = await kernel.InvokeAsync("orchestrator", "ask_experts", new() { ["question"] = "What is 17 + 25?" });
        Assert.Contains("Answer: 42", told.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("Answer: 42", (await service.GetChatMessageContentAsync("What is 17 + 25?")).Content, StringComparison.Ordinal);
    }
}
