namespace Orchestrator.Experts.Loading;

/// <summary>A request's hold on a loaded model: while it lasts the model is not evicted.</summary>
sealed class ModelLease(IResidentModel model, string? variant, Action broken, Func<bool, Task> release) : IAsyncDisposable
{
    Func<bool, Task>? _release = release;
    bool _answered;

    public IResidentModel Model { get; } = model;

    /// <summary>Null when it is the expert's own file.</summary>
    public string? Variant { get; } = variant;

    /// <summary>Tells that the model answers no more: nobody else gets it, and it is unloaded once its requests have ended.</summary>
    public void ReportBroken() => broken();

    /// <summary>Tells that its answer was complete: only then does its time tell how long others will take.</summary>
    public void ReportAnswered() => _answered = true;

    /// <summary>Returns once the release is counted, so that what is read afterwards shows it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _release, null) is { } release)
            await release(_answered);
    }
}
