using Microsoft.Extensions.Logging;
using Orchestrator.Experts.Scheduling;

namespace Orchestrator.Experts.Loading;

/// <summary>Loads and unloads, away from the scheduler's loop, and reports how each ended.</summary>
sealed partial class LoadEffects(
    IModelLoader loader, TimeProvider time, ILogger logger, Action<SchedulerMessage> report) : IDisposable
{
    readonly CancellationTokenSource _loads = new();

    public void CancelLoads() => _loads.Cancel();

    public void Dispose() => _loads.Dispose();

    public void Load(ExpertSlot slot)
    {
        var expected = slot.Bytes;
        // Taken here: the slot is the scheduler's.
        var progress = slot.LoadProgress;
        // A loader may block in native code.
        _ = Task.Run(async () => report(await LoadAsync(slot, expected, progress)));
    }

    public void Unload(Unloading unloading) => _ = Task.Run(async () =>
    {
        try
        {
            await unloading.Model.DisposeAsync();
            LogUnloaded(logger, unloading.Slot.Name);
        }
        catch (Exception e)
        {
            // Its memory may be lost, but the expert and the queue must not be.
            LogUnloadFailed(logger, unloading.Slot.Name, e);
        }

        report(new SchedulerMessage.UnloadEnded(unloading));
    });

    async Task<SchedulerMessage> LoadAsync(ExpertSlot slot, long expected, LoadShare progress)
    {
        var start = time.GetTimestamp();
        try
        {
            LogLoading(logger, slot.Name, expected);
            var model = await loader.LoadAsync(slot.Entry.Config, progress, _loads.Token);
            var elapsed = time.GetElapsedTime(start);
            LogLoaded(logger, slot.Name, elapsed, model.ResidentBytes);
            return new SchedulerMessage.LoadEnded(slot, model, null, elapsed);
        }
        catch (Exception e)
        {
            LogLoadFailed(logger, slot.Name, e);
            return new SchedulerMessage.LoadEnded(slot, null, e, time.GetElapsedTime(start));
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Loading {Expert}, about {Bytes} bytes")]
    static partial void LogLoading(ILogger logger, string expert, long bytes);

    [LoggerMessage(Level = LogLevel.Information, Message = "Loaded {Expert} in {Elapsed}, holding {Bytes} bytes")]
    static partial void LogLoaded(ILogger logger, string expert, TimeSpan elapsed, long bytes);

    [LoggerMessage(Level = LogLevel.Information, Message = "Unloaded {Expert}")]
    static partial void LogUnloaded(ILogger logger, string expert);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not load {Expert}")]
    static partial void LogLoadFailed(ILogger logger, string expert, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Could not unload {Expert} cleanly")]
    static partial void LogUnloadFailed(ILogger logger, string expert, Exception exception);
}
