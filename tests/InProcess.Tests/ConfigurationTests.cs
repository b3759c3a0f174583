using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Client;

namespace Orchestrator.InProcess.Tests;

public sealed class ConfigurationTests : IDisposable
{
    readonly TinyPool _pool = new();

    [Theory]
    [InlineData("Orchestrator:")]
    [InlineData("")]
    public async Task AddOrchestrator_Section_TakesFileAndModel(string prefix)
    {
        await using var services = new ServiceCollection()
            .AddOrchestrator(Settings((prefix + "Config", _pool.Config), (prefix + "Model", "fine")))
            .BuildServiceProvider();

        Assert.Equal("fine", (await services.GetRequiredService<IChatClient>().GetResponseAsync("go")).Text);
    }

    [Fact]
    public void AddOrchestrator_SectionWithoutAFile_SaysWhatToSet()
    {
        var wrong = Assert.Throws<OrchestratorException>(() => new ServiceCollection().AddOrchestrator(Settings(("Other", "x"))));

        Assert.Contains("Orchestrator:Config", wrong.Message, StringComparison.Ordinal);
        Assert.Equal("start_failed", wrong.Code);
    }

    [Fact]
    public void AddOrchestrator_Twice_SaysWhatToDoInstead()
    {
        var services = new ServiceCollection().AddOrchestrator(_pool.Config);

        var wrong = Assert.Throws<InvalidOperationException>(() => services.AddOrchestrator(_pool.Config));

        Assert.Contains("AddKeyedOrchestratorChatClient", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddOrchestrator_BesideClientsOfAService_AddsNothing()
    {
        var services = new ServiceCollection().AddOrchestratorClient("http://127.0.0.1:1");
        var before = services.ToArray();

        Assert.Throws<InvalidOperationException>(() => services.AddOrchestrator(_pool.Config));

        Assert.Equal(before, services);
    }

    [Fact]
    public async Task Call_NoSuchFile_TellsEveryCallerItsPath()
    {
        await using var services = _pool.Services("nowhere.yaml");

        for (var i = 0; i < 2; i++)
            Assert.Contains(Path.GetFullPath("nowhere.yaml"), (await FailsAsync(services)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_BadConfiguration_TellsAllProblems()
    {
        await using var services = _pool.Services(_pool.Write(
            """
            engine:
              threads: 0
            policies:
              - name: auto
                strategy: nonsense
            experts: []
            """));

        var failure = await FailsAsync(services);

        Assert.Contains("threads", failure.Message, StringComparison.Ordinal);
        Assert.Contains("experts", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Mend the file", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_LibraryMissing_SaysWhereItWasLookedFor()
    {
        await using var services = _pool.Services(_pool.Write(
            """
            engine:
              threads: 1
              library: no-such-folder
            experts:
              - id: fine
                file: fine.gguf
            """));

        var failure = await FailsAsync(services);

        Assert.Contains("no-such-folder", failure.Message, StringComparison.Ordinal);
        Assert.Equal("start_failed", failure.Code);
    }

    [Fact]
    public async Task Call_OnlyExpertQuarantined_TellsWhy()
    {
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(_pool.Config)!, "fine.gguf"), "no model");
        await using var services = _pool.Services();

        var refused = await FailsAsync(services);

        Assert.Equal("expert_quarantined", refused.Code);
        Assert.Contains("GGUF", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ConfigurationWithKeys_NeedsNone()
    {
        await using var services = _pool.Services(_pool.Write(
            """
            server:
              api_key_env: ORCHESTRATOR_TEST_KEY_THAT_IS_NOT_SET
            engine:
              threads: 1
            experts:
              - id: fine
                file: fine.gguf
            """));

        Assert.Equal("fine", (await services.GetRequiredService<IChatClient>().GetResponseAsync("go")).Text);
    }

    public void Dispose() => _pool.Dispose();

    static Task<OrchestratorException> FailsAsync(IServiceProvider services) =>
        Assert.ThrowsAsync<OrchestratorException>(() => services.GetRequiredService<IChatClient>().GetResponseAsync("go"));

    static IConfiguration Settings(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
        .Build();
}
