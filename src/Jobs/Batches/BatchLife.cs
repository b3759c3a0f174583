using Microsoft.Extensions.Logging;
using Orchestrator.Jobs.Files;
using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Store;

namespace Orchestrator.Jobs.Batches;

/// <summary>
/// What happens to one batch. Every step finds in the store how far an earlier process came, so it may be begun again after a
/// kill at any moment.
/// </summary>
sealed class BatchLife(
    JobService jobs, JobFiles files, BatchReading reading, BatchFormat format, TimeProvider time, ILogger logger, string id)
{
    const string Output = "batch_output";

    /// <summary>Reads the input; nothing of a batch with a problem is run.</summary>
    /// <returns>Whether there is something to run.</returns>
    public async Task<bool> ValidateAsync(CancellationToken cancellationToken)
    {
        if (Now() is not { State: JobState.Validating, Batch: { } facts }) return true;
        (int items, IReadOnlyList<BatchProblem> problems) = await ReadAsync(facts.InputFile, cancellationToken);
        JobRecord? batch = await ChangeAsync(before => before.State != JobState.Validating
            ? null
            : problems.Count == 0
                ? before.At(JobState.InProgress, jobs.Now) with { Total = items }
                : before.At(JobState.Failed, jobs.Now) with { Batch = before.Batch! with { Problems = problems } });
        if (problems.Count > 0) await jobs.Store.Items.ClearAsync(id);
        Log.Validated(logger, id, items, problems.Count);
        return batch is { State: not JobState.Failed };
    }

    /// <summary>Runs it to its end and leaves its files.</summary>
    /// <exception cref="IOException">The store, the disk or the broker fails: it may go on later.</exception>
    public async Task RunAsync(IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        if (Now() is { State: JobState.InProgress } batch) await AnswerAsync(batch, progress, cancellationToken);
        JobState end = Now() switch
        {
            { State: JobState.Cancelling } => JobState.Cancelled,
            { State: JobState.Finalizing } => JobState.Completed,
            // Only the expiry ends a run in this state.
            { State: JobState.InProgress } => JobState.Expired,
            var ended => ended?.State ?? JobState.Failed,
        };
        if (Now() is not { } open || open.State.HasEnded()) return;
        // A run that was ended early may have left panels that had answered.
        if (end is JobState.Cancelled or JobState.Expired) await jobs.SettleAsync(id, cancellationToken);
        await FinishAsync(open, end, []);
    }

    /// <summary>Ends it for a reason that trying again would not change; what was answered is written if that can be.</summary>
    public async Task FailAsync(string reason)
    {
        IReadOnlyList<BatchProblem> problems = [new BatchProblem("server_error", reason, null, null)];
        try
        {
            // Of a file that was not read to its end nothing is told.
            if (Now() is { State: JobState.Validating }) await jobs.Store.Items.ClearAsync(id);
            if (Now() is { } open && !open.State.HasEnded()) await FinishAsync(open, JobState.Failed, problems);
        }
        catch (Exception failure)
        {
            Log.Failed(logger, failure, id);
            await ChangeAsync(before => before.At(JobState.Failed, jobs.Now) with { Batch = before.Batch! with { Problems = problems } })
                .ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    async Task AnswerAsync(JobRecord batch, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        TimeSpan left = DateTimeOffset.FromUnixTimeSeconds(batch.Stamp(JobRecord.Expires) ?? 0) - time.GetUtcNow();
        if (left <= TimeSpan.Zero) return;
        using var expiry = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        try
        {
            await jobs.RunAsync(id, progress, either.Token);
            await ChangeAsync(before => before.State == JobState.InProgress ? before.At(JobState.Finalizing, jobs.Now) : null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested
            && (expiry.IsCancellationRequested || Now() is { State: JobState.Cancelling }))
        {
            // Cancelled or expired; what was answered stays.
        }
    }

    /// <summary>The files have names of their own, so that writing them again replaces them.</summary>
    async Task FinishAsync(JobRecord batch, JobState end, IReadOnlyList<BatchProblem> problems)
    {
        JobCounts counts = jobs.Store.Items.Count(id);
        string? output = counts.Done == 0 ? null : await WriteAsync("output", Answered(failed: false));
        string? errors = counts.Done == counts.Total ? null : await WriteAsync("error", Answered(failed: true).Concat(Open(batch with { State = end })));
        await ChangeAsync(before => before.At(end, jobs.Now) with
        {
            // One that was cancelled while it was read consists of what was read.
            Total = counts.Total,
            Batch = before.Batch! with { OutputFile = output, ErrorFile = errors, Problems = problems },
        });
        Log.Ended(logger, id, end.Word(), counts.Done, counts.Failed, counts.Open);

        IEnumerable<string> Answered(bool failed) => jobs.Answers(id).Where(answer => answer.Failure is not null == failed)
            .Select(answer => format.Write(batch, answer));

        async Task<string> WriteAsync(string kind, IEnumerable<string> lines)
        {
            string name = $"{id}_{kind}.jsonl";
            return (await files.WriteAsync($"file-{kind}-{id}", name, Output, lines)).Id;
        }
    }

    IEnumerable<string> Open(JobRecord batch) => jobs.OpenKeys(id).Select(key => format.WriteOpen(batch, key));

    async Task<(int, IReadOnlyList<BatchProblem>)> ReadAsync(string inputFile, CancellationToken cancellationToken)
    {
        try
        {
            await using Stream file = files.OpenRead(inputFile);
            return await reading.ReadAsync(file, (first, page) => jobs.Store.Items.AddAsync(id, first, page), cancellationToken);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return (0, [new BatchProblem("file_not_found", $"The input file '{inputFile}' is gone.", "input_file_id", null)]);
        }
    }

    JobRecord? Now() => jobs.Store.Jobs.Find(id);

    Task<JobRecord?> ChangeAsync(Func<JobRecord, JobRecord?> change) => jobs.Store.Jobs.ChangeAsync(id, change);
}
