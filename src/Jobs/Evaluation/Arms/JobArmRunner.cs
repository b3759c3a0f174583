using Orchestrator.Experts;
using Orchestrator.Experts.Catalog;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Jobs.Evaluation.Arms;

/// <summary>
/// Runs arms as durable jobs over a pool that serves nobody else. What an arm took is kept beside its answers, so that only
/// an arm that was itself interrupted tells less than the whole.
/// </summary>
/// <param name="folder">Of the jobs.</param>
public sealed class JobArmRunner(JobService jobs, ExpertPool pool, string folder, TimeProvider time) : IArmRunner
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>Looks before the arm begins all the same: what is still loaded then is only a load less to be counted.</summary>
    const int MostLooks = 1500;

    readonly ArmReports _reports = new(folder);

    public async Task<ArmRun> RunAsync(
        string job, IReadOnlyList<JobItem> items, IProgress<JobProgress>? progress, CancellationToken cancellationToken)
    {
        bool isNew = await jobs.SubmitAsync(job, items, cancellationToken);
        if (isNew)
            _reports.Forget(job);
        else if (_reports.Read(job) is { } took)
            return new ArmRun([.. jobs.Answers(job)], took, Resumed: false);
        bool resumed = !isNew && jobs.Answers(job).Any();
        await EmptyAsync(cancellationToken);
        JobReport report = await jobs.RunAsync(job, progress, cancellationToken);
        if (!resumed)
            _reports.Write(job, report);
        return new ArmRun([.. jobs.Answers(job)], report, resumed);
    }

    public Task ForgetAsync(string job, CancellationToken cancellationToken)
    {
        _reports.Forget(job);
        return jobs.DeleteAsync(job);
    }

    /// <summary>Unloads everything but what is pinned, which every arm finds loaded.</summary>
    async Task EmptyAsync(CancellationToken cancellationToken)
    {
        foreach (ExpertSnapshot expert in pool.Snapshot().Where(expert => !expert.Pinned))
            pool.Unload(expert.Id);
        for (int look = 0; look < MostLooks && pool.Snapshot().Any(expert => !expert.Pinned && expert.ResidentBytes > 0); look++)
            await Task.Delay(Look, time, cancellationToken);
    }
}
