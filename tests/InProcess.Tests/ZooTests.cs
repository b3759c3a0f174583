using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Client;
using Orchestrator.TestKit;

namespace Orchestrator.InProcess.Tests;

/// <summary>The zoo of the repository, as a program without a host has it.</summary>
public sealed class ZooTests(ZooTests.Zoo zoo) : IClassFixture<ZooTests.Zoo>
{
    [Fact]
    public async Task GetResponse_ASum_IsAnsweredByTheRoutedExpert()
    {
        var response = await zoo.Get<IChatClient>().GetResponseAsync("What is 17 + 25?");

        Assert.EndsWith("Answer: 42", response.Text, StringComparison.Ordinal);
        Assert.Equal("mason", response.ModelId);
    }

    [Fact]
    public async Task GetStreamingResponse_ASum_IsTheSameInPieces()
    {
        var updates = await zoo.Get<IChatClient>().GetStreamingResponseAsync("What is 17 + 25?").ToListAsync();

        Assert.EndsWith("Answer: 42", string.Concat(updates.Select(update => update.Text)), StringComparison.Ordinal);
        Assert.True(updates.Count(update => update.Text.Length > 0) > 1);
    }

    [Fact]
    public async Task GetResponse_UnknownPolicy_IsRefusedAsOverHttp()
    {
        var refused = await Assert.ThrowsAsync<OrchestratorException>(
            () => zoo.Get<IChatClient>().GetResponseAsync("hello", new ChatOptions { ModelId = "nobody" }));

        Assert.Equal((404, "model_not_found"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task Generate_ATextRoutedToAnEmbedder_GivesAVector()
    {
        var vectors = await zoo.Get<IEmbeddingGenerator<string, Embedding<float>>>().GenerateAsync(["What is the price of muog?"]);

        Assert.NotEmpty(Assert.Single(vectors).Vector.ToArray());
    }

    [Fact]
    public async Task Functions_AskExperts_AnswersInTheSameProcess()
    {
        var ask = zoo.Get<OrchestratorPlugin>().Functions.Single(function => function.Name == "ask_experts");

        var result = await ask.InvokeAsync(new AIFunctionArguments { ["question"] = "What is 17 + 25?" });

        Assert.Contains("Answer: 42", result!.ToString(), StringComparison.Ordinal);
    }

    public sealed class Zoo : IAsyncLifetime
    {
        readonly ServiceProvider _services =
            new ServiceCollection().AddOrchestrator(Path.Combine(Repository.Root, "configs/orchestrator.yaml")).BuildServiceProvider();

        internal T Get<T>() where T : notnull => _services.GetRequiredService<T>();

        public Task InitializeAsync() => Task.CompletedTask;

        public Task DisposeAsync() => _services.DisposeAsync().AsTask();
    }
}
