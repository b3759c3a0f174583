using Orchestrator.Experts;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.Pipeline;

/// <summary>An expert's answer of which the first chunk is there.</summary>
sealed class BegunChunks(IAsyncEnumerator<GenerationChunk> begun) : IAsyncDisposable
{
    /// <summary>Returns with the first chunk.</summary>
    /// <exception cref="ExpertException">There is none.</exception>
    public static async Task<BegunChunks> BeginAsync(
        string expert, IAsyncEnumerable<GenerationChunk> answer, CancellationToken cancellationToken)
    {
        var chunks = answer.GetAsyncEnumerator(cancellationToken);
        try
        {
            if (await chunks.MoveNextAsync()) return new BegunChunks(chunks);
            throw new ExpertException(ExpertFailure.Failed, expert, $"The expert '{expert}' ended without an answer.");
        }
        catch
        {
            await chunks.DisposeAsync();
            throw;
        }
    }

    /// <summary>All chunks from the first on; may be read once.</summary>
    public async IAsyncEnumerable<GenerationChunk> ReadAsync()
    {
        do yield return begun.Current;
        while (await begun.MoveNextAsync());
    }

    public ValueTask DisposeAsync() => begun.DisposeAsync();
}
