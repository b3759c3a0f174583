using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Client;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Client;

/// <summary>The lines of src/Client/README.md, over the real service.</summary>
[Collection(ZooCollection.Name)]
public sealed class ClientReadmeTests(ZooService zoo)
{
    [Fact]
    public async Task Chat_AsWritten_Answers()
    {
        using IChatClient client = new OrchestratorChatClient(new OrchestratorClientOptions { Endpoint = zoo.Address });
        var answer = await client.GetResponseAsync("What is 17 + 25?");
        var shown = $"{answer.Text} (by {answer.ModelId}, confidence {answer.GetRoute()!.Confidence})";

        Assert.Matches(@"Answer: 42 \(by \S+, confidence 0\.\d+\)$", shown);
        AssertWritten("new OrchestratorChatClient(new OrchestratorClientOptions { Endpoint = new Uri(\"http://127.0.0.1:8080\") })");
        AssertWritten("var answer = await client.GetResponseAsync(\"What is 17 + 25?\");");
        AssertWritten("$\"{answer.Text} (by {answer.ModelId}, confidence {answer.GetRoute()!.Confidence})\"");
    }

    [Fact]
    public async Task Services_AsWritten_Answer()
    {
        var services = new ServiceCollection();
        services.AddOrchestratorClient($"{zoo.Address}");
        services.AddKeyedOrchestratorChatClient("trio");
        await using var provider = services.BuildServiceProvider();

        Assert.EndsWith("Answer: 42", (await provider.GetRequiredService<IChatClient>().GetResponseAsync("What is 17 + 25?")).Text, StringComparison.Ordinal);
        Assert.Equal("trio", (await provider.GetRequiredKeyedService<IChatClient>("trio").GetResponseAsync("What is 17 + 25?")).GetRoute()!.Policy);
        AssertWritten("services.AddOrchestratorClient(\"http://127.0.0.1:8080\");");
        AssertWritten("services.AddKeyedOrchestratorChatClient(\"trio\");");
    }

    [Fact]
    public async Task Configuration_AsWritten_IsItsOptions()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Orchestrator:Endpoint"] = $"{zoo.Address}",
            ["Orchestrator:Timeout"] = "00:05:00",
            ["Orchestrator:Retries"] = "0",
        }).Build();
        var services = new ServiceCollection();
        services.AddOrchestratorClient(configuration.GetRequiredSection("Orchestrator").Get<OrchestratorClientOptions>()!);
        await using var provider = services.BuildServiceProvider();

        Assert.EndsWith("Answer: 42", (await provider.GetRequiredService<IChatClient>().GetResponseAsync("What is 17 + 25?")).Text, StringComparison.Ordinal);
        var options = configuration.GetSection("Orchestrator").Get<OrchestratorClientOptions>()!;
        Assert.Equal((TimeSpan.FromMinutes(5), 0, TimeSpan.FromSeconds(10)), (options.Timeout, options.Retries, options.ConnectTimeout));
        AssertWritten("services.AddOrchestratorClient(configuration.GetRequiredSection(\"Orchestrator\").Get<OrchestratorClientOptions>()!);");
    }

    static void AssertWritten(string line) =>
        Assert.Contains(line, File.ReadAllText(Path.Combine(Repository.Root, "src/Client/README.md")), StringComparison.Ordinal);
}
