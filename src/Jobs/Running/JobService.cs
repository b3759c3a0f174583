using Microsoft.Extensions.Logging;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Store;

namespace Orchestrator.Jobs.Running;

/// <summary>
/// Jobs over many items, kept in <c>jobs.db</c> so that a job that was interrupted at any moment goes on where it was.
/// </summary>
public sealed class JobService : IAsyncDisposable
{
    /// <param name="workplace">Asked whenever a step of a job begins.</param>
    /// <exception cref="JobStoreException">The folder or its database cannot be used; the message says why.</exception>
    public static JobService Open(JobsConfig config, Func<JobWorkplace> workplace, TimeProvider time, ILoggerFactory loggers) =>
        throw new NotSupportedException("The runner follows.");

    /// <summary>
    /// Stores a job. A job of that id that is there already is kept with all its answers: then its items must be the same.
    /// </summary>
    /// <returns>Whether it is new.</returns>
    public Task<bool> SubmitAsync(string job, IReadOnlyList<JobItem> items, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The runner follows.");

    /// <summary>Runs what is not yet answered. Cancelling leaves the job resumable by calling this again.</summary>
    public Task<JobReport> RunAsync(string job, IProgress<JobProgress>? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The runner follows.");

    /// <summary>The items that have ended so far, in their order; also while the job runs.</summary>
    public IEnumerable<JobAnswer> Answers(string job) => throw new NotSupportedException("The runner follows.");

    /// <summary>Forgets a job with all its answers.</summary>
    public Task DeleteAsync(string job, CancellationToken cancellationToken = default) => throw new NotSupportedException("The runner follows.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
