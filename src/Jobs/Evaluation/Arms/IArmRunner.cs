using Orchestrator.Jobs.Running;

namespace Orchestrator.Jobs.Evaluation.Arms;

/// <summary>
/// Runs the items of one arm of an evaluation. The seam to what keeps them: a job that was interrupted goes on with the items
/// that have no answer yet when it is run again under its name.
/// </summary>
public interface IArmRunner
{
    /// <summary>Nothing else runs meanwhile, and no expert is loaded when it begins, so that what it takes is the arm's own.</summary>
    /// <param name="job">Names the arm, its questions and its settings.</param>
    /// <exception cref="OperationCanceledException">Cancelled; what was answered is kept.</exception>
    Task<ArmRun> RunAsync(
        string job, IReadOnlyList<JobItem> items, IProgress<JobProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Drops what is kept of a job; the next run of it asks everything again.</summary>
    Task ForgetAsync(string job, CancellationToken cancellationToken);
}

/// <param name="Answers">One an item, in their order.</param>
/// <param name="Report">What the run took; of a job that went on, only its last part.</param>
/// <param name="Resumed">Whether some of the work had been done before.</param>
/// <param name="Tagging">Of all parts of the run: no item counts it, so only the store knows it after an interruption.</param>
public sealed record ArmRun(IReadOnlyList<JobAnswer> Answers, JobReport Report, bool Resumed, ArmTagging Tagging);

/// <summary>What finding the skills of the questions took.</summary>
/// <param name="Calls">Generations.</param>
/// <param name="PromptTokens">Read, over all calls.</param>
/// <param name="CompletionTokens">Written, over all calls.</param>
public sealed record ArmTagging(int Calls, long PromptTokens, long CompletionTokens)
{
    public static ArmTagging None { get; } = new(0, 0, 0);
}
