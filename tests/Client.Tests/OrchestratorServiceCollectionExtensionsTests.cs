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

    [Fact]
    public void AddOrchestratorClient_PortOutOfRange_IsSaidAtOnce()
    {
        var wrong = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddOrchestratorClient("http://h:99999"));

        Assert.Contains("Endpoint is 'http://h:99999', which is no address", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddOrchestratorClient_Twice_IsRefused()
    {
        var services = new ServiceCollection().AddOrchestratorClient("http://127.0.0.1:1");

        var twice = Assert.Throws<InvalidOperationException>(() => services.AddOrchestratorClient("http://127.0.0.1:2"));

        Assert.Contains("AddKeyedOrchestratorChatClient", twice.Message, StringComparison.Ordinal);
        Assert.Contains("a container of its own", twice.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddKeyedOrchestratorChatClient_Alone_SaysWhatToCall()
    {
        await using var provider = new ServiceCollection().AddKeyedOrchestratorChatClient("quick").BuildServiceProvider();

        var alone = Assert.Throws<InvalidOperationException>(() => provider.GetRequiredKeyedService<IChatClient>("quick"));

        Assert.Contains("call AddOrchestratorClient", alone.Message, StringComparison.Ordinal);
    }
}
