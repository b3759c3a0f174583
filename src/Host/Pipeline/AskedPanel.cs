using Orchestrator.Experts;
using Orchestrator.Experts.Panels;

namespace Orchestrator.Host.Pipeline;

/// <summary>Members of a panel that are asked side by side; disposing ends those that still answer.</summary>
sealed class AskedPanel(
    IEnumerable<string> members, Func<string, IExpert> find, ExpertCall call, CancellationToken cancellationToken) : IAsyncDisposable
{
    readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    PanelCall[] _calls = [];

    public bool IsEmpty => _calls.Length == 0;

    /// <summary>What each member waits for.</summary>
    public IReadOnlyList<Attempt> Attempts =>
        [.. _calls.Select(asked => new Attempt(asked.Expert, asked.Trace) { Answer = asked.Answer })];

    /// <summary>Queues all of them at once, so that the scheduler can group the panels of many requests by expert.</summary>
    public AskedPanel Begin()
    {
        _calls = [.. members.Select(id => PanelCall.Ask(id, find, call, _end.Token))];
        return this;
    }

    /// <summary>What an expert is being asked already; null when it is no member.</summary>
    public PanelCall? Of(string expert) => Array.Find(_calls, asked => asked.Expert == expert);

    /// <summary>One answer for each, in the panel's order.</summary>
    public async Task<IReadOnlyList<PanelAnswer>> AnswersAsync() => await Task.WhenAll(_calls.Select(asked => asked.Answer));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await AnswersAsync().ContinueWith(_ => { }, TaskScheduler.Default);
        _end.Dispose();
    }
}
