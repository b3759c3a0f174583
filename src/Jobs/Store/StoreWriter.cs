using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Orchestrator.Jobs.Store;

/// <summary>
/// The one writer of the database. All writes that have come meanwhile are one transaction: with synchronous=FULL a commit
/// waits for the disk, and so many answers wait for it once.
/// </summary>
sealed class StoreWriter : IAsyncDisposable
{
    /// <summary>Bounds how long a transaction holds the write lock that other processes wait for.</summary>
    const int MostAtOnce = 512;

    readonly SqliteConnection _connection;
    readonly string _file;
    readonly Channel<Write> _writes = Channel.CreateUnbounded<Write>(new UnboundedChannelOptions { SingleReader = true });
    readonly Task _loop;

    public StoreWriter(SqliteConnection connection, string file)
    {
        (_connection, _file) = (connection, file);
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Completes when the write is on the disk.</summary>
    /// <exception cref="JobStoreException">It is not, and the message says why.</exception>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, T> write)
    {
        T result = default!;
        await WriteAsync(connection => { result = write(connection); });
        return result;
    }

    public Task WriteAsync(Action<SqliteConnection> write)
    {
        var pending = new Write(write);
        return _writes.Writer.TryWrite(pending)
            ? pending.Done.Task
            : Task.FromException(new JobStoreException($"{_file} is closed."));
    }

    public async ValueTask DisposeAsync()
    {
        _writes.Writer.TryComplete();
        await _loop;
        await _connection.DisposeAsync();
    }

    async Task LoopAsync()
    {
        var batch = new List<Write>();
        while (await _writes.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MostAtOnce && _writes.Reader.TryRead(out var write)) batch.Add(write);
            if (Commit(batch) is null)
                batch.ForEach(write => write.Done.TrySetResult());
            else
                // One of them is guilty, or the disk is: each alone finds out, so that no write fails for another's fault.
                batch.ForEach(CommitAlone);
        }
    }

    void CommitAlone(Write write)
    {
        if (Commit([write]) is { } failure) write.Done.TrySetException(failure);
        else write.Done.TrySetResult();
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
            return failure is SqliteException sqlite && StoreErrors.IsOutside(sqlite) ? StoreErrors.Describe(sqlite, _file) : failure;
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

    sealed record Write(Action<SqliteConnection> Apply)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
