using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.TestKit;

namespace Orchestrator.InProcess.Tests;

/// <summary>The line of README.md that needs no server.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public async Task AddOrchestrator_AsWritten_Answers()
    {
        Assert.Contains(
            "services.AddOrchestrator(\"configs/orchestrator.yaml\");", File.ReadAllText(Path.Combine(Repository.Root, "README.md")),
            StringComparison.Ordinal);
        var services = new ServiceCollection();
        services.AddOrchestrator(Path.Combine(Repository.Root, "configs/orchestrator.yaml"));
        await using var provider = services.BuildServiceProvider();

        var answer = await provider.GetRequiredService<IChatClient>().GetResponseAsync("What is 17 + 25?");

        Assert.EndsWith("Answer: 42", answer.Text, StringComparison.Ordinal);
    }
}
