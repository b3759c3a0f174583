using System.Threading.Channels;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;

namespace Orchestrator.Host.Reloading;

/// <summary>Reloads the configuration when its file changes, however an editor or a deployment replaces it.</summary>
sealed class ConfigWatcher(
    ConfigReloader reloader, ServiceState state, OrchestratorConfig start, TimeProvider time, ILogger<ConfigWatcher> logger)
    : BackgroundService
{
    /// <summary>One save is several events: what is still being written is not read.</summary>
    static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(300);

    /// <summary>Network mounts and replaced folders raise no events, so the file is looked at as well.</summary>
    static readonly TimeSpan Poll = TimeSpan.FromSeconds(3);

    /// <summary>True is an event of the file, false a time to look at it.</summary>
    readonly Channel<bool> _signals = Channel.CreateUnbounded<bool>(new UnboundedChannelOptions { SingleReader = true });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!start.Server.WatchConfig) return;
        var seen = ConfigStamp.Of(start.Path);
        using var events = Watch();
        await using var timer = time.CreateTimer(_ => Signal(changed: false), null, Poll, Poll);
        await state.Started.WaitAsync(stoppingToken);
        while (await _signals.Reader.WaitToReadAsync(stoppingToken))
        {
            if (!Drain() && ConfigStamp.Of(start.Path) == seen) continue;
            do await Task.Delay(Debounce, time, stoppingToken);
            while (Drain());
            // Taken before the file is read: what changes while it is read is then seen as changed.
            seen = ConfigStamp.Of(start.Path);
            await ReloadAsync(stoppingToken);
        }
    }

    async Task ReloadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await reloader.ReloadAsync(cancellationToken);
        }
        catch (ConfigException)
        {
            // Its reasons are in the log; the old configuration serves on.
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.ReloadFailed(logger, failure);
        }
    }

    FileSystemWatcher? Watch()
    {
        try
        {
            var watcher = new FileSystemWatcher(Path.GetDirectoryName(start.Path)!, Path.GetFileName(start.Path))
            {
                NotifyFilter = NotifyFilters.LastWrite | NotifyFilters.FileName | NotifyFilters.Size | NotifyFilters.CreationTime,
            };
            watcher.Changed += (_, _) => Signal(changed: true);
            watcher.Created += (_, _) => Signal(changed: true);
            watcher.Renamed += (_, _) => Signal(changed: true);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception refused) when (refused is IOException or ArgumentException or UnauthorizedAccessException)
        {
            Log.OnlyPolled(logger, Poll.TotalSeconds, refused.Message);
            return null;
        }
    }

    void Signal(bool changed) => _signals.Writer.TryWrite(changed);

    bool Drain()
    {
        var changed = false;
        while (_signals.Reader.TryRead(out var signal)) changed |= signal;
        return changed;
    }
}
