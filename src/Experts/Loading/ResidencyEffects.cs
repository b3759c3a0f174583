using Microsoft.Extensions.Logging;

namespace Orchestrator.Experts.Loading;

/// <summary>Loads and unloads, away from the loop, and reports how each ended.</summary>
sealed partial class ResidencyEffects(
    IModelLoader loader, TimeProvider time, ILogger logger, Action<ResidencyMessage> report) : IDisposable
{
    readonly CancellationTokenSource _loads = new();

    public void CancelLoads() => _loads.Cancel();

    public void Dispose() => _loads.Dispose();

    public void Load(ExpertSlot slot)
    {
        var expected = slot.Bytes;
        // A loader may block in native code.
        _ = Task.Run(async () => report(await LoadAsync(slot, expected)));
    }

    public void Unload(ExpertSlot slot, IResidentModel model) => _ = Task.Run(async () =>
    {
        try
        {
            await model.DisposeAsync();
            LogUnloaded(logger, slot.Id);
        }
        catch (Exception e)
        {
            // Its memory may be lost, but the expert and the queue must not be.
            LogUnloadFailed(logger, slot.Id, e);
        }

        report(new ResidencyMessage.UnloadEnded(slot));
    });

    async Task<ResidencyMessage> LoadAsync(ExpertSlot slot, long expected)
    {
        var start = time.GetTimestamp();
        try
        {
            LogLoading(logger, slot.Id, expected);
            var model = await loader.LoadAsync(slot.Entry.Config, _loads.Token);
            var elapsed = time.GetElapsedTime(start);
            LogLoaded(logger, slot.Id, elapsed, model.ResidentBytes);
            return new ResidencyMessage.LoadEnded(slot, model, null);
        }
        catch (Exception e)
        {
            LogLoadFailed(logger, slot.Id, e);
            return new ResidencyMessage.LoadEnded(slot, null, e);
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
