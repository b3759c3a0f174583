namespace Orchestrator.Retrieval.Collections.Embedded;

/// <summary>Counts who reads a file, so that nobody does when it goes: a reader that outlived it would take its log along, or the next one's.</summary>
sealed class Readers
{
    readonly Lock _turn = new();
    TaskCompletionSource? _left;
    int _count;
    bool _closed;

    /// <returns>To be disposed of when done; null when nobody may read any more.</returns>
    public IDisposable? Enter()
    {
        lock (_turn)
        {
            if (_closed)
                return null;
            _count++;
            return new Reader(this);
        }
    }

    /// <summary>Completes when the last one has left; nobody enters from now on.</summary>
    public Task CloseAsync()
    {
        lock (_turn)
        {
            _closed = true;
            _left ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_count == 0)
                _left.TrySetResult();
            return _left.Task;
        }
    }

    void Leave()
    {
        lock (_turn)
        {
            if (--_count == 0)
                _left?.TrySetResult();
        }
    }

    sealed class Reader(Readers readers) : IDisposable
    {
        Readers? _readers = readers;

        public void Dispose() => Interlocked.Exchange(ref _readers, null)?.Leave();
    }
}
