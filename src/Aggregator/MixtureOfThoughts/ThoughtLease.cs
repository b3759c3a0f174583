namespace Orchestrator.Aggregator.MixtureOfThoughts;

/// <summary>Bytes that one request has.</summary>
public sealed class ThoughtLease(ThoughtBudget budget, long bytes) : IAsyncDisposable
{
    long _bytes = bytes;

    /// <summary>Gives back what turned out not to be needed.</summary>
    public void Shrink(long needed)
    {
        // What an estimate was too low for stays uncharged.
        long kept = Math.Min(needed, Interlocked.Read(ref _bytes));
        budget.Return(Interlocked.Exchange(ref _bytes, kept) - kept);
    }

    public ValueTask DisposeAsync()
    {
        budget.Return(Interlocked.Exchange(ref _bytes, 0));
        return ValueTask.CompletedTask;
    }
}
