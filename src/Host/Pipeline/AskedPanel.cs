using Orchestrator.Experts;
using Orchestrator.Experts.Panels;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.Pipeline;

/// <summary>Members of a panel that are asked side by side; disposing ends those that still answer.</summary>
/// <param name="members">In the panel's order; one that was drawn several times is there as often.</param>
/// <param name="skip">How many of the first are asked by somebody else.</param>
sealed class AskedPanel(
    IReadOnlyList<string> members, int skip, Func<string, IExpert> find, ExpertCall call, CancellationToken cancellationToken)
    : IAsyncDisposable
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
        _calls = [.. members.Index().Skip(skip).Select(member => PanelCall.Ask(member.Item, find, CallOf(member.Index), _end.Token))];
        return this;
    }

    /// <summary>What an expert is being asked already; null when it is no member.</summary>
    public PanelCall? Of(string expert) => Array.Find(_calls, asked => asked.Expert == expert);

    /// <summary>One answer for each, in the panel's order.</summary>
    /// <param name="except">A call whose answer is told elsewhere.</param>
    public async Task<IReadOnlyList<PanelAnswer>> AnswersAsync(PanelCall? except = null) =>
        await Task.WhenAll(_calls.Where(asked => asked != except).Select(asked => asked.Answer));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await AnswersAsync().ContinueWith(_ => { }, TaskScheduler.Default);
        _end.Dispose();
    }

    /// <summary>An expert drawn again is asked with another seed, or it would say the same again.</summary>
    ExpertCall CallOf(int place)
    {
        var again = members.Take(place).Count(member => member == members[place]);
        return again > 0 && call.Request.Sampling?.Seed is { } seed
            ? call with { Request = call.Request with { Sampling = call.Request.Sampling with { Seed = unchecked(seed + (uint)again) } } }
            : call;
    }
}
