using Microsoft.Extensions.Logging;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Loading;

namespace Orchestrator.Experts.Scheduling;

/// <summary>
/// Proof of life: looks again and again whether the scheduler's loop turns, and whether every load and every model that
/// has work moves. What stands still makes the service unready; a model that stands still for long is given up.
/// </summary>
sealed partial class Watchdog : IAsyncDisposable
{
    const string LookFailed = "the watchdog cannot look by a bug, see the log";

    readonly SchedulerLoop _loop;
    readonly SchedulerConfig _options;
    readonly TimeProvider _time;
    readonly ILogger _logger;
    readonly Dictionary<object, Sign> _signs = new(ReferenceEqualityComparer.Instance);

    /// <summary>Models that are given up and not yet gone.</summary>
    readonly HashSet<object> _abandoned = new(ReferenceEqualityComparer.Instance);

    readonly CancellationTokenSource _stop = new();
    readonly Task _running;
    Task _pulse = Task.CompletedTask;

    public Watchdog(SchedulerLoop loop, SchedulerConfig options, TimeProvider time, ILogger logger)
    {
        _loop = loop;
        _options = options;
        _time = time;
        _logger = logger;
        _running = Task.Run(RunAsync);
    }

    public PoolHealth Health { get; private set => Volatile.Write(ref field, value); } = new(Reason: null);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    async Task RunAsync()
    {
        // A standstill is noticed at most this much after its time is up.
        var every = TimeSpan.FromSeconds(Math.Min(0.5, _options.StallTimeout.TotalSeconds / 4));
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Look();
            }
            catch (Exception bug)
            {
                // Unwatched is not alive. It looks again: what threw may have been one model that is gone by then.
                if (Health.Reason != LookFailed)
                    LogLookFailed(_logger, bug);
                Health = new PoolHealth(LookFailed);
            }

            await Task.Delay(every, _time, _stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    void Look()
    {
        var now = _loop.Now;
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance) { this };
        var resident = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var problems = new List<string>();
        if (_pulse.IsCompleted)
        {
            _signs[this] = new Sign(0, now);
            _pulse = _loop.PulseAsync();
        }

        if (_loop.Fault is { } fault)
            problems.Add(fault);
        Judge(this, 0, "the scheduler's loop", now, problems);
        foreach (var expert in _loop.Published.Experts.Values)
        {
            foreach (var (slot, load) in expert.Loadings.Where(l => seen.Add(l.Load)))
                Judge(load, (long)(load.Value * 1e6), $"the load of '{slot.Name}'", now, problems, Patience(load.Value));
            foreach (var (slot, model) in expert.Models)
            {
                resident.Add(model);
                if (model.Activity is { Busy: true } activity && seen.Add(model)
                    && Judge(model, activity.Progress, $"the expert '{slot.Name}'", now, problems) >= _options.StallReload)
                    GiveUp(slot, model);
            }
        }

        foreach (var unloading in _loop.Published.Unloadings.Where(u => !u.Lost && seen.Add(u)))
        {
            if (Judge(unloading, 0, $"the unload of '{unloading.Slot.Name}'", now, problems) >= _options.StallReload)
                _loop.ReportStuck(unloading);
        }

        foreach (var gone in _signs.Keys.Where(k => !seen.Contains(k)).ToArray())
            _signs.Remove(gone);
        // A loader may hand out the same object again: then it is a new life, to be given up anew.
        _abandoned.IntersectWith(resident);
        Tell(problems);
    }

    /// <summary>
    /// A load reports only while it reads weights. Before the first report a changed file is tried again in a process of
    /// its own, after the last the context is made: both are healthy for longer than a pause between two reports.
    /// </summary>
    TimeSpan Patience(double loaded) => loaded is > 0 and < 1 ? _options.StallTimeout : _options.StallReload;

    /// <summary>How long it has not moved.</summary>
    /// <param name="patience">How long it may stand still; null is the usual time.</param>
    TimeSpan Judge(object what, long progress, string name, TimeSpan now, List<string> problems, TimeSpan? patience = null)
    {
        if (!_signs.TryGetValue(what, out var sign) || sign.Progress != progress)
            _signs[what] = sign = new Sign(progress, now);
        var still = now - sign.Since;
        if (still >= (patience ?? _options.StallTimeout))
            problems.Add($"{name} has made no progress for {still.TotalSeconds:0} s");
        return still;
    }

    void GiveUp(ExpertSlot slot, IResidentModel model)
    {
        if (!_abandoned.Add(model))
            return;
        LogGivenUp(_logger, slot.Name);
        model.Abandon($"it made no progress for {_options.StallReload.TotalSeconds:0} s");
        _loop.Discard(slot, model);
    }

    void Tell(List<string> problems)
    {
        var reason = problems.Count == 0 ? null : string.Join("; ", problems);
        if (reason is not null && Health.Alive)
            LogStalled(_logger, reason);
        if (reason is null && !Health.Alive)
            LogRecovered(_logger);
        Health = new PoolHealth(reason);
    }

    /// <summary>What was seen last, and since when it is so.</summary>
    readonly record struct Sign(long Progress, TimeSpan Since);

    [LoggerMessage(Level = LogLevel.Error, Message = "Not ready: {Reason}")]
    static partial void LogStalled(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The watchdog's look failed; not ready until one succeeds")]
    static partial void LogLookFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Everything makes progress again")]
    static partial void LogRecovered(ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Expert} is stuck: its requests fail and it is loaded afresh")]
    static partial void LogGivenUp(ILogger logger, string expert);
}
