using Orchestrator.Experts;
using Orchestrator.Experts.Memory;
using Orchestrator.Jobs.Store;

namespace Orchestrator.Jobs.Running;

/// <summary>Measures one run: what it reports while it goes on and at its end. Used by the run alone, one call at a time.</summary>
sealed class RunMeter
{
    readonly Func<PoolSnapshot> _measure;
    readonly TimeProvider _time;
    readonly IProgress<JobProgress>? _progress;
    readonly List<StageReport> _stages = [];
    readonly long _began;
    readonly IReadOnlyDictionary<string, long> _loadsBefore;
    readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);
    JobProgress _now;
    long _peak;
    long _stageBegan;
    int _stageCalls;

    public RunMeter(Func<PoolSnapshot> measure, TimeProvider time, IProgress<JobProgress>? progress, JobCounts counts)
    {
        (_measure, _time, _progress, _began) = (measure, time, progress, time.GetTimestamp());
        _loadsBefore = Loads();
        _now = new JobProgress { Stage = JobStage.Tag, Items = counts.Total, ItemsDone = counts.Done, ItemsFailed = counts.Failed };
    }

    /// <summary>Runs one stage and reports it if it had calls or loads.</summary>
    /// <param name="tally">Counts the generations of the job so far.</param>
    public async Task StageAsync(JobStage stage, Func<CallTally> tally, Func<Task> run)
    {
        IReadOnlyDictionary<string, long> before = Loads();
        CallTally counted = tally();
        long began = _time.GetTimestamp();
        _now = _now with { Stage = stage, Experts = 0, ExpertsDone = 0, Remaining = null };
        Tell();
        await run();
        CallTally took = tally() - counted;
        Dictionary<string, long> loads = Loads().Select(now => (now.Key, Count: now.Value - before.GetValueOrDefault(now.Key)))
            .Where(loaded => loaded.Count > 0).ToDictionary(loaded => loaded.Key, loaded => loaded.Count, StringComparer.Ordinal);
        if (took.Calls > 0 || loads.Count > 0)
            _stages.Add(new StageReport(stage, (int)took.Calls, took.Usage, _time.GetElapsedTime(began), loads));
    }

    /// <summary>What a stage is about to ask; an expert may be there several times.</summary>
    public void Expect(IEnumerable<(string Expert, int Calls)> groups)
    {
        _open.Clear();
        foreach ((string expert, int calls) in groups) _open[expert] = _open.GetValueOrDefault(expert) + calls;
        (_stageBegan, _stageCalls) = (_time.GetTimestamp(), _open.Values.Sum());
        _now = _now with { Experts = _open.Count, ExpertsDone = 0, Remaining = null };
        Tell();
    }

    public void Answered(string expert, int calls)
    {
        _open[expert] -= calls;
        int left = _open.Values.Sum();
        _now = _now with
        {
            ExpertsDone = _open.Values.Count(open => open <= 0),
            Remaining = _time.GetElapsedTime(_stageBegan) / (_stageCalls - left) * left,
        };
        Tell();
    }

    public void Ended(IReadOnlyCollection<ItemEnd> items)
    {
        int failed = items.Count(item => item.Failure is not null);
        _now = _now with { ItemsDone = _now.ItemsDone + items.Count - failed, ItemsFailed = _now.ItemsFailed + failed };
        Tell();
    }

    public void Recount(JobCounts counts)
    {
        _now = _now with { ItemsDone = counts.Done, ItemsFailed = counts.Failed };
        Tell();
    }

    public JobReport Report() => new()
    {
        Items = _now.Items,
        Done = _now.ItemsDone,
        Failed = _now.ItemsFailed,
        Stages = _stages,
        WallTime = _time.GetElapsedTime(_began),
        PeakBytes = _peak,
    };

    void Tell()
    {
        long loads = Loads().Sum(now => now.Value - _loadsBefore.GetValueOrDefault(now.Key));
        _progress?.Report(_now = _now with { Loads = loads });
    }

    /// <summary>An expert that a reload replaced counts from nought again; what it had is lost to the report.</summary>
    Dictionary<string, long> Loads()
    {
        PoolSnapshot pool = _measure();
        _peak = Math.Max(_peak, Enum.GetValues<MemoryAccount>().Sum(pool.Held.Of));
        return pool.Experts.ToDictionary(expert => expert.Id, expert => expert.Loads, StringComparer.Ordinal);
    }
}
