using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Loading;
using Orchestrator.Experts.Memory;

namespace Orchestrator.Experts.Scheduling;

/// <summary>
/// The one writer of the <see cref="Scheduler"/>'s state: takes messages, lets it decide once for all that have come, and
/// has the decisions done by effects whose results come back as messages.
/// </summary>
sealed partial class SchedulerLoop : IAsyncDisposable
{
    /// <summary>
    /// Frees the largest models, which takes seconds, and stays below the 30 s after which whoever stops the service
    /// usually kills it. A model that is stuck in native code keeps its memory until the process ends anyway.
    /// </summary>
    public static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);

    readonly Scheduler _scheduler;
    readonly TimeProvider _time;
    readonly long _start;
    readonly ILogger _logger;
    readonly LoadEffects _effects;
    readonly FilePrefetcher _prefetcher;
    readonly ITimer _timer;
    readonly Channel<SchedulerMessage> _mailbox =
        Channel.CreateUnbounded<SchedulerMessage>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Replies are held back until the new state is published: who gets one can see its cause.</summary>
    readonly List<Action> _replies = [];
    readonly Task _running;
    TimeSpan _wakeAt = TimeSpan.MaxValue;
    bool _stopping;

    public SchedulerLoop(
        SchedulerConfig options, MemoryBudgets budgets, IReadOnlyList<SchedulerExpert> experts, IModelLoader loader,
        ISystemMemory memory, TimeProvider time, ILogger logger)
    {
        _scheduler = new Scheduler(options, budgets);
        ParallelLoads = options.ParallelLoads;
        foreach (var expert in experts)
            _scheduler.Add(expert);
        _time = time;
        _start = time.GetTimestamp();
        _logger = logger;
        _effects = new LoadEffects(loader, time, logger, Post);
        _prefetcher = new FilePrefetcher(memory, logger);
        _timer = time.CreateTimer(_ => Post(new SchedulerMessage.Tick()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Published = PublishedState.Of(_scheduler, PublishedState.Empty, 0);
        // Preloads begin without anybody asking.
        Post(new SchedulerMessage.Tick());
        _running = Task.Run(RunAsync);
    }

    public int ParallelLoads { get; }

    /// <summary>As of the last handled message.</summary>
    public PublishedState Published { get; private set => Volatile.Write(ref field, value); }

    /// <summary>Why the loop has ended though nobody stopped it; null when it has not. Only a restart helps.</summary>
    public string? Fault { get => Volatile.Read(ref field); private set => Volatile.Write(ref field, value); }

    /// <summary>The scheduler's clock.</summary>
    public TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Waits until the expert is loaded. Cancelling leaves the queue; a load that began for it goes on.</summary>
    /// <exception cref="ExpertException">It cannot be loaded, can never fit, the queue is full, or the pool is stopping.</exception>
    public Task<ModelLease> AcquireAsync(RequestGroup group, RequestClass requestClass, CancellationToken cancellationToken) =>
        AcquireAsync(group, requestClass, residentOnly: false, cancellationToken);

    /// <param name="residentOnly">Whether it is refused where no model of the group is loaded with a free sequence now.</param>
    public async Task<ModelLease> AcquireAsync(
        RequestGroup group, RequestClass requestClass, bool residentOnly, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new Waiter(group, requestClass, Now) { ResidentOnly = residentOnly };
        if (!_mailbox.Writer.TryWrite(new SchedulerMessage.Arrived(waiter)))
            throw Refusals.Stopped(group.Expert);
        await using var left = cancellationToken.UnsafeRegister(
            _ => Post(new SchedulerMessage.Left(waiter, cancellationToken)), null);
        return await waiter.Lease.Task;
    }

    /// <summary>Experts and budgets from now on. Completes when new requests see them; what runs on the old goes on.</summary>
    public async Task ConfigureAsync(IReadOnlyList<SchedulerExpert> experts, MemoryBudgets budgets)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_mailbox.Writer.TryWrite(new SchedulerMessage.Configured(experts, budgets, done)))
            await done.Task;
    }

    /// <summary>
    /// Completes when the loop has handled all that came before: proof that it turns. After its end it completes at once,
    /// and <see cref="Fault"/> tells whether it should have ended.
    /// </summary>
    public Task PulseAsync()
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _mailbox.Writer.TryWrite(new SchedulerMessage.Tick(seen)) ? seen.Task : Task.CompletedTask;
    }

    /// <summary>Lets the model that the slot has now go as soon as nothing runs on it.</summary>
    public void Discard(ExpertSlot slot, IResidentModel model) => Post(new SchedulerMessage.Discarded(slot, model));

    public void ReportStuck(Unloading unloading) => Post(new SchedulerMessage.UnloadStuck(unloading));

    /// <summary>Fails what waits, ends what runs and unloads every model; what does not end is left behind.</summary>
    public async ValueTask DisposeAsync()
    {
        Post(new SchedulerMessage.Stop());
        try
        {
            await _running.WaitAsync(StopPatience, _time);
        }
        catch (TimeoutException)
        {
            LogLeftBehind(_logger, StopPatience);
            _mailbox.Writer.TryComplete();
            await _running;
        }

        await _timer.DisposeAsync();
        _prefetcher.Dispose();
        _effects.Dispose();
    }

    void Post(SchedulerMessage message) => _mailbox.Writer.TryWrite(message);

    async Task RunAsync()
    {
        var step = new ScheduleStep();
        try
        {
            while (await _mailbox.Reader.WaitToReadAsync())
            {
                step = new ScheduleStep();
                // Taken out only when it is handled: a message that meets a bug must still get its reply.
                while (_mailbox.Reader.TryPeek(out var message))
                {
                    Apply(message, step);
                    _mailbox.Reader.TryRead(out _);
                }

                if (!_stopping)
                    _scheduler.Step(step, Now);
                Carry(step);
                Publish();
                if (_stopping && _scheduler.AllCold)
                    _mailbox.Writer.TryComplete();
            }
        }
        catch (Exception bug)
        {
            LogBroken(_logger, bug);
            Fault = "the scheduler's loop ended by a bug; only a restart helps";
            _mailbox.Writer.TryComplete();
            ReplyToAll(step);
        }
    }

    void Publish()
    {
        Published = PublishedState.Of(_scheduler, Published, _prefetcher.Files);
        _replies.ForEach(reply => reply());
        _replies.Clear();
    }

    /// <summary>Whatever happens, nobody waits for ever.</summary>
    /// <param name="step">The one that met the bug: its waiters have left the queue, and perhaps have no reply yet.</param>
    void ReplyToAll(ScheduleStep step)
    {
        _replies.ForEach(reply => reply());
        foreach (var (waiter, reason) in step.Refusals)
            waiter.Lease.TrySetException(reason);
        foreach (var (waiter, _) in step.Grants)
            Refuse(waiter);
        while (_mailbox.Reader.TryRead(out var message))
        {
            if (message is SchedulerMessage.Arrived { Waiter: var waiter })
                Refuse(waiter);
            else if (message is SchedulerMessage.Released { Counted: var counted })
                counted.TrySetResult();
            else if (message is SchedulerMessage.Configured { Done: var done })
                done.TrySetResult();
            else if (message is SchedulerMessage.Tick { Seen: { } seen })
                seen.TrySetResult();
        }

        // Last, because the scheduler's state is what the bug may have broken.
        foreach (var waiter in _scheduler.LeaveAll())
            Refuse(waiter);

        static void Refuse(Waiter waiter) => waiter.Lease.TrySetException(Refusals.Stopped(waiter.Group.Expert));
    }

    void Apply(SchedulerMessage message, ScheduleStep step)
    {
        switch (message)
        {
            case SchedulerMessage.Arrived { Waiter: var waiter }:
                if ((_stopping ? Refusals.Stopped(waiter.Group.Expert) : _scheduler.Arrive(waiter, Now)) is { } reason)
                    step.Refusals.Add((waiter, reason));
                break;
            case SchedulerMessage.Left { Waiter: var waiter, Cause: var cause } when _scheduler.Leave(waiter):
                _replies.Add(() => waiter.Lease.TrySetCanceled(cause));
                break;
            case SchedulerMessage.Released { Slot: var slot, Service: var service, Counted: var counted }:
                _scheduler.Release(slot, service, Now);
                _replies.Add(() => counted.TrySetResult());
                break;
            case SchedulerMessage.Discarded { Slot: var slot, Model: var model }:
                _scheduler.Discard(slot, model);
                break;
            case SchedulerMessage.LoadEnded { Slot: var slot, Model: { } model, Took: var took }:
                _scheduler.Loaded(slot, model, took, Now);
                if (_stopping)
                    _effects.Unload(_scheduler.Unload(slot));
                break;
            case SchedulerMessage.LoadEnded { Slot: var slot, Error: var error }:
                _scheduler.LoadFailed(slot, error!, Now);
                break;
            case SchedulerMessage.UnloadEnded { Unloading: var unloading }:
                _scheduler.Unloaded(unloading);
                break;
            case SchedulerMessage.UnloadStuck { Unloading: var unloading }:
                _scheduler.GiveUp(unloading);
                break;
            case SchedulerMessage.Configured { Done: var done } change:
                Configure(change, step);
                _replies.Add(() => done.TrySetResult());
                break;
            case SchedulerMessage.Tick { Seen: { } seen }:
                _replies.Add(() => seen.TrySetResult());
                break;
            case SchedulerMessage.Tick:
                // The timer has fired, perhaps before the time it is for: the same time must arm it again.
                _wakeAt = TimeSpan.MaxValue;
                break;
            case SchedulerMessage.Stop:
                Stop(step);
                break;
        }
    }

    void Configure(SchedulerMessage.Configured change, ScheduleStep step)
    {
        _scheduler.SetBudgets(change.Budgets);
        var kept = change.Experts.ToHashSet();
        foreach (var added in change.Experts.Except(_scheduler.Experts).ToArray())
            _scheduler.Add(added);
        foreach (var old in _scheduler.Experts.Where(e => !e.Retired && !kept.Contains(e)).ToArray())
            _scheduler.Retire(old, change.Experts.FirstOrDefault(e => e.Id == old.Id), step, Now);
    }

    void Stop(ScheduleStep step)
    {
        _stopping = true;
        _effects.CancelLoads();
        var (unloads, waiters) = _scheduler.Stop();
        step.Unloads.AddRange(unloads);
        step.Refusals.AddRange(waiters.Select(w => (w, Refusals.Stopped(w.Group.Expert))));
    }

    void Carry(ScheduleStep step)
    {
        foreach (var (waiter, reason) in step.Refusals)
            _replies.Add(() => waiter.Lease.TrySetException(reason));
        foreach (var (waiter, slot) in step.Grants)
        {
            var lease = Lease(slot);
            _replies.Add(() => waiter.Lease.TrySetResult(lease));
        }

        foreach (var unloading in step.Unloads)
            _effects.Unload(unloading);
        foreach (var slot in step.Loads)
        {
            _prefetcher.Loading(slot.Entry.Config.File);
            _effects.Load(slot);
        }

        _prefetcher.Follow(step.Prefetch?.Entry.Config.File);
        Wake(_stopping ? TimeSpan.MaxValue : step.WakeAt);
    }

    void Wake(TimeSpan at)
    {
        if (at == _wakeAt)
            return;
        _wakeAt = at;
        _timer.Change(Due(at, Now), Timeout.InfiniteTimeSpan);
    }

    /// <summary>From one reading of the clock: between two, a busy machine passes the moment, and a timer refuses what is negative.</summary>
    internal static TimeSpan Due(TimeSpan at, TimeSpan now)
    {
        if (at == TimeSpan.MaxValue)
            return Timeout.InfiniteTimeSpan;
        // A timer takes at most 49 days.
        return at <= now ? TimeSpan.Zero : at - now < TimeSpan.FromDays(1) ? at - now : TimeSpan.FromDays(1);
    }

    ModelLease Lease(ExpertSlot slot)
    {
        var model = slot.Model!;
        var since = Now;
        return new ModelLease(model, slot.Variant, () => Discard(slot, model), answered => ReleaseAsync(slot, answered ? Now - since : null));
    }

    /// <summary>After the loop has ended there is nothing left to count.</summary>
    Task ReleaseAsync(ExpertSlot slot, TimeSpan? service)
    {
        var counted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _mailbox.Writer.TryWrite(new SchedulerMessage.Released(slot, service, counted)) ? counted.Task : Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The scheduler's loop ended by a bug; no expert can be asked any more")]
    static partial void LogBroken(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Stopping without what is not unloaded after {Patience}")]
    static partial void LogLeftBehind(ILogger logger, TimeSpan patience);
}
