using Orchestrator.Aggregator.MixtureOfThoughts.Attention;
using Orchestrator.Aggregator.Synthesis;
using Orchestrator.Experts;
using Orchestrator.Experts.Panels;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Aggregator.MixtureOfThoughts;

/// <summary>
/// What the primary says while it hears its peers. It is not held up by who reads it: once its last word is there, what it heard
/// is let go, and its bytes are given back.
/// </summary>
sealed class HearingAnswer : IAsyncDisposable
{
    readonly CancellationTokenSource _end;
    readonly PanelCall _asked;
    readonly Task<AttentionMass> _attention;
    BegunAnswer? _begun;

    HearingAnswer(PanelCall asked, Task<AttentionMass> attention, CancellationTokenSource end) =>
        (_asked, _attention, _end) = (asked, attention, end);

    /// <summary>Time until the primary was loaded and free.</summary>
    public TimeSpan Waited => _asked.Trace.Waited;

    /// <summary>Returns with the first word.</summary>
    /// <param name="lease">Given back in any case.</param>
    /// <exception cref="ExpertException">The primary cannot answer.</exception>
    public static async Task<HearingAnswer> StartAsync(
        string primary, Func<string, IExpert> find, ExpertCall call, MixtureTap tap, ThoughtLease lease, CancellationToken cancellationToken)
    {
        var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        PanelCall asked = PanelCall.Ask(primary, find, call with { Request = call.Request with { Tap = tap } }, end.Token);
        var answer = new HearingAnswer(asked, HearAsync(asked, tap, lease), end);
        try
        {
            answer._begun = await BegunAnswer.StartAsync(primary, asked.ReadAsync(cancellationToken), cancellationToken, mayBeEmpty: true);
            return answer;
        }
        catch
        {
            await answer.DisposeAsync();
            throw;
        }
    }

    /// <summary>All chunks with the first words; may be read once.</summary>
    /// <param name="attended">Told before the last chunk.</param>
    public async IAsyncEnumerable<GenerationChunk> ReadAsync(Action<AttentionMass> attended)
    {
        await foreach (GenerationChunk chunk in _begun!.ReadAsync())
        {
            if (chunk.Finish is not null)
                attended(await _attention);
            yield return chunk;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (_begun is not null)
            await _begun.DisposeAsync();
        // Its failure was told to who read.
        await _attention.ContinueWith(_ => { }, TaskScheduler.Default);
        _end.Dispose();
    }

    /// <summary>Only this knows the tap when the answer has ended, so that nothing keeps what is no longer charged.</summary>
    static async Task<AttentionMass> HearAsync(PanelCall asked, MixtureTap tap, ThoughtLease lease)
    {
        await using (lease)
        {
            await asked.Answer;
            return tap.Attention;
        }
    }
}
