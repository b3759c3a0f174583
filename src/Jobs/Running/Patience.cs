using Orchestrator.Experts;
using Orchestrator.Experts.Panels;

namespace Orchestrator.Jobs.Running;

/// <summary>When batch work that failed is tried again: what may pass is waited for.</summary>
sealed class Patience(TimeProvider time)
{
    /// <summary>An engine that broke or a full queue may be back in a moment.</summary>
    const int Attempts = 4;

    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    readonly LoadPatience _loads = new(time);

    /// <summary>Asks until there is an answer, or a failure that asking again would not change.</summary>
    /// <param name="waitsForLoads">False where somebody else can be asked at once.</param>
    public async Task<PanelAnswer> AskAsync(Func<PanelCall> ask, bool waitsForLoads, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            PanelAnswer answer = await ask().Answer;
            if (answer.Failure is not { } failure)
            {
                Answered(answer.Expert);
                return answer;
            }
            if (!await PassesAsync(failure, attempt, waitsForLoads, cancellationToken))
                return answer;
        }
    }

    /// <summary>Waits as long as it takes to try again.</summary>
    /// <returns>False, at once, when that would not help.</returns>
    public async Task<bool> PassesAsync(ExpertException failure, int attempt, bool waitsForLoads, CancellationToken cancellationToken)
    {
        if (failure.Failure != ExpertFailure.LoadFailed)
            Answered(failure.Expert);
        if (Pause(failure, attempt, waitsForLoads) is not { } pause)
            return false;
        await Task.Delay(pause, time, cancellationToken);
        return true;
    }

    /// <summary>The expert was loaded.</summary>
    public void Answered(string expert) => _loads.Loaded(expert);

    TimeSpan? Pause(ExpertException failure, int attempt, bool waitsForLoads) => failure.Failure switch
    {
        ExpertFailure.Unavailable or ExpertFailure.QueueFull when attempt < Attempts => FirstPause * Math.Pow(2, attempt - 1),
        ExpertFailure.LoadFailed when waitsForLoads => _loads.Failed(failure.Expert, failure.RetryAfter),
        _ => null,
    };
}
