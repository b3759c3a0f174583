using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Experts.Tests.Catalog;

/// <summary>Requests whose expert was looked up before the configuration changed.</summary>
public sealed class ReconfigureTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly FakeModelLoader _loader = new();
    readonly ExpertConfig _expert;

    public ReconfigureTests() =>
        _expert = new ExpertConfig { Id = "a", File = TinyGguf.Random().Save(_folder.Path, "a.gguf") };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Generate_ExpertReplacedAfterItWasLookedUp_TheSuccessorAnswers()
    {
        await using var pool = await StartAsync(_expert);
        var lookedUp = pool.Get("a");
        await pool.ReconfigureAsync(Config(_expert with { Context = 64 }));

        Assert.Equal("a", await AnswerAsync(lookedUp));
        Assert.Equal(1, Assert.Single(pool.Snapshot()).Served);
    }

    [Fact]
    public async Task Generate_ExpertRemovedAfterItWasLookedUp_SaysSo()
    {
        var other = new ExpertConfig { Id = "b", File = _expert.File };
        await using var pool = await StartAsync(_expert, other);
        var lookedUp = pool.Get("a");
        await pool.ReconfigureAsync(Config(other));

        var error = await Assert.ThrowsAsync<ExpertException>(() => AnswerAsync(lookedUp));
        Assert.Equal((ExpertFailure.Unknown, "the expert 'a' was removed from the configuration"), (error.Failure, error.Message));
    }

    Task<ExpertPool> StartAsync(params ExpertConfig[] experts) => ExpertPool.StartAsync(
        Config(experts), _loader, new FakeTrial(), TimeProvider.System, NullLoggerFactory.Instance);

    static OrchestratorConfig Config(params ExpertConfig[] experts) =>
        new() { Path = "", Memory = new MemoryConfig { Budget = 1 << 30 }, Experts = experts };

    static async Task<string> AnswerAsync(IExpert expert)
    {
        var text = "";
        await foreach (var chunk in expert.GenerateAsync(new GenerationRequest { Messages = [new ChatTurn("user", "hello")] }))
            text += chunk.Text;
        return text;
    }
}
