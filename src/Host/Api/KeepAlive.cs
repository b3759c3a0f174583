using Orchestrator.Experts.Configuration;

namespace Orchestrator.Host.Api;

/// <summary>Says something every <c>server.keep_alive</c>, so that clients and proxies do not take a wait for a dead connection.</summary>
sealed class KeepAlive(ServerConfig server, TimeProvider time)
{
    /// <summary>Returns when the task has ended, however it ended.</summary>
    public async Task WaitAsync(Task waited, Func<Task> tell)
    {
        while (!await EndsInTimeAsync(waited)) await tell();
    }

    async Task<bool> EndsInTimeAsync(Task waited)
    {
        if (waited.IsCompleted) return true;
        using var ended = new CancellationTokenSource();
        var first = await Task.WhenAny(waited, Task.Delay(server.KeepAlive, time, ended.Token));
        // Takes the timer away when the task came first.
        await ended.CancelAsync();
        return first == waited;
    }
}
