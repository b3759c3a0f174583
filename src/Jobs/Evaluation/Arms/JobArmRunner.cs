using Orchestrator.Experts;
using Orchestrator.Experts.Catalog;
using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Store;

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
        else if (_reports.Read(job) is { } kept)
            return Run(job, kept);
        bool resumed = !isNew && HasBegun(job);
        await EmptyAsync(cancellationToken);
        JobReport report = await jobs.RunAsync(job, progress, cancellationToken);
        var ended = new ArmReport(report, resumed);
        _reports.Write(job, ended);
        return Run(job, ended);
    }

    public Task ForgetAsync(string job, CancellationToken cancellationToken)
    {
        _reports.Forget(job);
        return jobs.DeleteAsync(job);
    }

    /// <summary>Tags count too: whoever was interrupted while routing has no answer yet, and has loaded and asked the tagger.</summary>
    bool HasBegun(string job) =>
        jobs.Answers(job).Any() || jobs.Store.Calls.Tally(job).Calls + jobs.Store.Items.Tally(job).Calls > 0;

    ArmRun Run(string job, ArmReport report)
    {
        CallTally tags = jobs.Store.Items.TagTally(job);
        return new ArmRun(
            [.. jobs.Answers(job)], report.Took, report.Resumed, new ArmTagging((int)tags.Calls, tags.PromptTokens, tags.CompletionTokens));
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
