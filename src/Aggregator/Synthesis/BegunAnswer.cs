using Orchestrator.Experts;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Aggregator.Synthesis;

/// <summary>An answer whose first words are there; what comes before them can still be told as a failure.</summary>
sealed class BegunAnswer : IAsyncDisposable
{
    readonly IAsyncEnumerator<GenerationChunk> _rest;

    BegunAnswer(IAsyncEnumerator<GenerationChunk> rest) => _rest = rest;

    /// <param name="mayBeEmpty">Whether an answer without a word is one, as where a stop string ends it at once.</param>
    /// <exception cref="ExpertException">The expert cannot answer, or has nothing to say.</exception>
    public static async Task<BegunAnswer> StartAsync(
        string expert, IAsyncEnumerable<GenerationChunk> answer, CancellationToken cancellationToken, bool mayBeEmpty = false)
    {
        var chunks = answer.GetAsyncEnumerator(cancellationToken);
        try
        {
            while (await chunks.MoveNextAsync())
            {
                // Models may begin with an empty piece; one that is also the last is no answer.
                if (chunks.Current.Text.Length > 0 || (mayBeEmpty && chunks.Current.Finish is not null))
                    return new BegunAnswer(chunks);
            }
            throw new ExpertException(ExpertFailure.Failed, expert, $"the expert '{expert}' ended without a word");
        }
        catch
        {
            await chunks.DisposeAsync();
            throw;
        }
    }

    /// <summary>All chunks with the first words; may be read once.</summary>
    public async IAsyncEnumerable<GenerationChunk> ReadAsync()
    {
        do yield return _rest.Current;
        while (await _rest.MoveNextAsync());
    }

    public ValueTask DisposeAsync() => _rest.DisposeAsync();
}
