using Microsoft.Data.Sqlite;
using Orchestrator.Retrieval.Collections.Documents;
using Orchestrator.Router.Embedding;

namespace Orchestrator.Retrieval.Collections.Embedded;

/// <summary>
/// Makes a collection's index by reading its database, at first use and again when it is stale, and keeps it in step. While one
/// is being made, from a snapshot between two commits, the changes after that are noted and then made up for. All but
/// <see cref="GetAsync"/> runs in the writer's loop.
/// </summary>
sealed class IndexKeeper(CollectionDatabase database, CollectionWriter writer, VectorIndexOptions options) : IDisposable
{
    readonly CancellationTokenSource _stopping = new();
    volatile TaskCompletionSource<CollectionIndex>? _awaited;
    volatile CollectionIndex? _current;

    /// <summary>Changes since the snapshot; null while none is being made.</summary>
    List<Action<CollectionIndex>>? _since;
    bool _givenUp;

    /// <summary>Null before its first use.</summary>
    public CollectionIndex? Current => _current;

    /// <exception cref="CollectionException">The database cannot be read.</exception>
    public async Task<CollectionIndex> GetAsync()
    {
        if (_current is { } current)
            return current;
        var awaited = new TaskCompletionSource<CollectionIndex>(TaskCreationOptions.RunContinuationsAsynchronously);
        awaited = Interlocked.CompareExchange(ref _awaited, awaited, null) ?? awaited;
        await writer.TurnAsync(() =>
        {
            if (_current is { } made)
            {
                awaited.TrySetResult(made);
                Interlocked.CompareExchange(ref _awaited, null, awaited);
            }
            else if (_since is null && !awaited.Task.IsCompleted)
                Begin();
        });
        return await awaited.Task;
    }

    /// <summary>After the commit of the change.</summary>
    public void Changed(Action<CollectionIndex> change)
    {
        _since?.Add(change);
        if (_current is not { } current)
            return;
        try
        {
            change(current);
        }
        catch
        {
            // It may be half done: the next use makes a new one.
            _current = null;
            throw;
        }
        if (current.IsStale && _since is null && !_givenUp)
            Begin();
    }

    /// <summary>Ends reading; an index that is being made of what was read is nobody's and goes by itself.</summary>
    public void Dispose() => _stopping.Cancel();

    void Begin()
    {
        try
        {
            SqliteConnection snapshot = database.OpenSnapshot();
            _since = [];
            _ = Task.Run(() => MakeAsync(snapshot));
        }
        catch (Exception failure)
        {
            GiveUp(failure);
        }
    }

    async Task MakeAsync(SqliteConnection snapshot)
    {
        CollectionIndex? made = null;
        Exception? failure = null;
        try
        {
            using (snapshot)
                made = CollectionIndex.Of(database.Spec.Dimensions, ReadAll(snapshot), options);
        }
        catch (Exception thrown)
        {
            failure = thrown;
        }
        try
        {
            await writer.TurnAsync(() =>
            {
                if (made is null) GiveUp(failure!);
                else Adopt(made);
            });
        }
        catch (CollectionException gone)
        {
            // The collection is being closed.
            Interlocked.Exchange(ref _awaited, null)?.TrySetException(gone);
        }
    }

    IEnumerable<Document> ReadAll(SqliteConnection snapshot)
    {
        foreach (Document document in DocumentRows.All(snapshot, database.Spec))
        {
            _stopping.Token.ThrowIfCancellationRequested();
            yield return document;
        }
    }

    void Adopt(CollectionIndex made)
    {
        _since!.ForEach(change => change(made));
        _since = null;
        _current = made;
        Interlocked.Exchange(ref _awaited, null)?.TrySetResult(made);
    }

    void GiveUp(Exception failure)
    {
        _since = null;
        // A stale index still serves. Making it anew is not tried again at every change.
        _givenUp = _current is not null;
        Interlocked.Exchange(ref _awaited, null)?.TrySetException(
            failure is SqliteException sqlite && StoreErrors.IsOutside(sqlite) ? StoreErrors.Describe(sqlite, database.Spec.Name) : failure);
    }
}
