using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Orchestrator.Client.Tests;

public sealed class OrchestratorServiceCollectionExtensionsTests
{
    [Fact]
    public async Task AddOrchestratorClient_All_AreSingletonsOverOneHttpClient()
    {
        var made = 0;
        var service = ClientCalls.Answering();
        await using var provider = new ServiceCollection()
            .AddOrchestratorClient(ClientCalls.Options, _ => { made++; return service.Client(); }, "trio")
            .AddKeyedOrchestratorChatClient("quick")
            .BuildServiceProvider();
        Assert.Equal(0, made);

        var chat = provider.GetRequiredService<IChatClient>();
        Assert.Same(chat, provider.GetRequiredService<IChatClient>());
        Assert.NotNull(provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>());
        Assert.NotNull(provider.GetRequiredService<OrchestratorCollections>());
        Assert.NotEmpty(provider.GetRequiredService<OrchestratorPlugin>().Functions);
        await chat.GetResponseAsync("hi");
        await provider.GetRequiredKeyedService<IChatClient>("quick").GetResponseAsync("hi");

        Assert.Equal(1, made);
        Assert.Equal(["trio", "quick"], service.Asked.Select(asked => asked.Body[10..].Split('"')[0]));
    }

    [Fact]
    public async Task AddOrchestratorClient_Address_NeedsNoServiceYet()
    {
        await using var provider = new ServiceCollection().AddOrchestratorClient("http://127.0.0.1:1").BuildServiceProvider();

        var metadata = provider.GetRequiredService<IChatClient>().GetRequiredService<ChatClientMetadata>();

        Assert.Equal(("http://127.0.0.1:1/", "auto"), ($"{metadata.ProviderUri}", metadata.DefaultModelId));
    }

    [Fact]
    public void AddOrchestratorClient_NoAddress_IsSaidAtOnce()
    {
        var wrong = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddOrchestratorClient("localhost:8080"));

        Assert.Contains("allowed are http and https", wrong.Message, StringComparison.Ordinal);
    }
}
