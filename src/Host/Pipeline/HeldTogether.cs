namespace Orchestrator.Host.Pipeline;

/// <summary>Several things that end together, in this order.</summary>
sealed class HeldTogether(IReadOnlyList<IAsyncDisposable> parts) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        foreach (var part in parts) await part.DisposeAsync();
    }
}
