using Orchestrator.Experts;
using Orchestrator.Experts.Panels;

namespace Orchestrator.Host.Pipeline;

/// <summary>The members of a panel beside its primary, asked when it is asked; disposing ends those that still answer.</summary>
sealed class PanelRest(
    IEnumerable<string> members, Func<string, IExpert> find, ExpertCall call, CancellationToken cancellationToken) : IAsyncDisposable
{
    readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    Task<IReadOnlyList<PanelAnswer>>? _answers;

    /// <summary>Queues all of them at once, so that the scheduler can group the panels of many requests by expert.</summary>
    public PanelRest Begin()
    {
        _answers = PanelRun.AskAsync(members, find, call, _end.Token);
        return this;
    }

    /// <summary>One answer for each, in the panel's order.</summary>
    public Task<IReadOnlyList<PanelAnswer>> AnswersAsync() => _answers!;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _answers!.ContinueWith(_ => { }, TaskScheduler.Default);
        _end.Dispose();
    }
}
