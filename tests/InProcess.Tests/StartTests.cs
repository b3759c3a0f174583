using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orchestrator.Experts.Trial;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.InProcess.Tests;

public sealed class StartTests : IDisposable
{
    readonly TinyPool _pool = new();

    [Fact]
    public async Task Started_ManyAtOnce_StartsOnce()
    {
        var builds = 0;
        await using var service = new EmbeddedService(_pool.Config, loggers: null, _ => builds++);

        var invokers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => service.StartedAsync(CancellationToken.None))));

        Assert.Equal(1, builds);
        Assert.Single(invokers.Distinct());
    }

    [Fact]
    public async Task Started_FirstCallerLeaves_StartsForTheOthers()
    {
        var trial = new HeldTrial();
        await using var service = new EmbeddedService(_pool.Config, loggers: null, services => services.AddSingleton<IModelTrial>(trial));
        using var leaving = new CancellationTokenSource();
        var first = service.StartedAsync(leaving.Token);
        await trial.Begun.Task;
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var second = service.StartedAsync(CancellationToken.None);
        Assert.False(second.IsCompleted);

        trial.Release.SetResult();

        Assert.NotNull(await second);
    }

    [Fact]
    public async Task Dispose_WhileItStarts_EndsTheStart()
    {
        var trial = new HeldTrial();
        var service = new EmbeddedService(_pool.Config, loggers: null, services => services.AddSingleton<IModelTrial>(trial));
        var waiting = service.StartedAsync(CancellationToken.None);
        await trial.Begun.Task;

        await service.DisposeAsync();

        var stopped = await Assert.ThrowsAsync<Client.OrchestratorException>(() => waiting);
        Assert.Contains("stopped", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_Starts_BeginsWithoutACallAndWithoutWaiting()
    {
        var trial = new HeldTrial();
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddOrchestrator(_pool.Config, "fine");
        builder.Services.AddSingleton(new EmbeddedService(_pool.Config, loggers: null, services => services.AddSingleton<IModelTrial>(trial)));
        using var host = builder.Build();

        await host.StartAsync();
        await trial.Begun.Task;
        var answer = host.Services.GetRequiredService<IChatClient>().GetResponseAsync("go");
        Assert.False(answer.IsCompleted);
        trial.Release.SetResult();

        Assert.Equal("fine", (await answer).Text);
        await host.StopAsync();
        var late = await Assert.ThrowsAsync<Client.OrchestratorException>(() => host.Services.GetRequiredService<IChatClient>().GetResponseAsync("go"));
        Assert.Contains("has been stopped", late.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _pool.Dispose();

    /// <summary>Accepts everything, but only when it is told to.</summary>
    sealed class HeldTrial : IModelTrial
    {
        readonly FakeTrial _accepts = new();

        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<IReadOnlyList<TrialVerdict>> TryAsync(IReadOnlyList<TrialCandidate> candidates, CancellationToken cancellationToken)
        {
            Begun.TrySetResult();
            await Release.Task.WaitAsync(cancellationToken);
            return await _accepts.TryAsync(candidates, cancellationToken);
        }
    }
}
