using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Client;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Agents;

namespace Orchestrator.Host.Tests.Samples;

/// <summary>The lines of README.md that give an agent the experts, over the real service.</summary>
[Collection(ZooCollection.Name)]
public sealed class AgentExampleTests(ZooService zoo)
{
    [Fact]
    public void Readme_HasTheseLines() => Assert.Empty(ReadmeExample.MissingLines());

    [Fact]
    public async Task Agent_AsWritten_AsksTheExperts()
    {
        using var planner = new ScriptedPlanner("ask_experts", question => new() { ["question"] = question });
        await using var services = Services();
        // README
        var experts = services.GetRequiredService<OrchestratorPlugin>();
        var agent = planner.AsBuilder().UseFunctionInvocation().Build();
        var answer = await agent.GetResponseAsync("What is 17 + 25?", new ChatOptions { Tools = [.. experts.Functions] });
        // README end

        Assert.Contains("Answer: 42", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_AsWritten_Streams()
    {
        await using var services = Services();
        using var written = new StringWriter();
        await StreamAsync(services, written);

        Assert.Equal("Answer: Helsinki", written.ToString());
    }

#pragma warning disable IDE1006 // Named as the example names it.
    static async Task StreamAsync(IServiceProvider services, TextWriter Console)
#pragma warning restore IDE1006
    {
        // README
        var chat = services.GetRequiredService<IChatClient>();
        await foreach (var update in chat.GetStreamingResponseAsync("What is the capital of Finland?"))
            Console.Write(update.Text);
        // README end
    }

    ServiceProvider Services()
    {
        Assert.Contains(
            "var services = new ServiceCollection().AddOrchestratorClient(\"http://127.0.0.1:8080\").BuildServiceProvider();",
            File.ReadAllText(Path.Combine(Repository.Root, "README.md")), StringComparison.Ordinal);
        var address = $"{zoo.Address}";
        var services = new ServiceCollection().AddOrchestratorClient(address).BuildServiceProvider();
        return services;
    }
}
