using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Orchestrator.Retrieval.Collections.Embedded;

/// <summary>
/// The one writer of a collection. All writes that have come meanwhile are one transaction: a commit waits for the disk, and
/// so many upserts wait for it once. What follows a commit runs here too, in the order of the commits and before they are
/// acknowledged, so that the indexes never show what could be lost and always show what was acknowledged.
/// </summary>
sealed class CollectionWriter : IAsyncDisposable
{
    const int MostAtOnce = 64;

    readonly SqliteConnection _connection;
    readonly string _name;
    readonly Channel<Write> _writes = Channel.CreateUnbounded<Write>(new UnboundedChannelOptions { SingleReader = true });
    readonly Task _loop;

    public CollectionWriter(SqliteConnection connection, string name)
    {
        (_connection, _name) = (connection, name);
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Completes when the write is on the disk and followed.</summary>
    /// <param name="apply">May run twice, the first time rolled back.</param>
    /// <param name="committed">Runs once, after the commit.</param>
    /// <exception cref="CollectionException">It is not, and the message says why.</exception>
    public Task WriteAsync(Action<SqliteConnection> apply, Action committed)
    {
        var write = new Write(apply, committed);
        return _writes.Writer.TryWrite(write) ? write.Done.Task : Task.FromException(CollectionException.NoCollection(_name));
    }

    /// <summary>Something that has to happen between two commits.</summary>
    public Task TurnAsync(Action action) => WriteAsync(_ => { }, action);

    public async ValueTask DisposeAsync()
    {
        _writes.Writer.TryComplete();
        await _loop;
    }

    async Task LoopAsync()
    {
        var batch = new List<Write>();
        while (await _writes.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MostAtOnce && _writes.Reader.TryRead(out Write? write))
                batch.Add(write);
            // One of them is guilty, or the disk is: each alone finds out, so that no write fails for another's fault.
            if (Commit(batch) is null)
                batch.ForEach(Follow);
            else
                batch.ForEach(CommitAlone);
        }
    }

    void CommitAlone(Write write)
    {
        if (Commit([write]) is { } failure)
            write.Done.TrySetException(failure);
        else
            Follow(write);
    }

    static void Follow(Write write)
    {
        try
        {
            write.Committed();
            write.Done.TrySetResult();
        }
        catch (Exception failure)
        {
            write.Done.TrySetException(failure);
        }
    }

    Exception? Commit(List<Write> batch)
    {
        try
        {
            _connection.Run("BEGIN IMMEDIATE");
            batch.ForEach(write => write.Apply(_connection));
            _connection.Run("COMMIT");
            return null;
        }
        catch (Exception failure)
        {
            RollBack();
            return failure is SqliteException sqlite && StoreErrors.IsOutside(sqlite) ? StoreErrors.Describe(sqlite, _name) : failure;
        }
    }

    void RollBack()
    {
        try
        {
            _connection.Run("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite rolled back by itself, as it does when the disk is full.
        }
    }

    sealed record Write(Action<SqliteConnection> Apply, Action Committed)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
