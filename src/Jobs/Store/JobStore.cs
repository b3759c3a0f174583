namespace Orchestrator.Jobs.Store;

/// <summary>All tables of one folder of jobs.</summary>
sealed class JobStore : IAsyncDisposable
{
    readonly JobDatabase _database;

    public JobStore(string folder)
    {
        _database = JobDatabase.Open(folder);
        Folder = folder;
        (Files, Jobs, Items, Calls) = (new FileTable(_database), new JobTable(_database), new ItemTable(_database), new CallTable(_database));
    }

    public string Folder { get; }

    public string Id => _database.Id;

    public FileTable Files { get; }

    public JobTable Jobs { get; }

    public ItemTable Items { get; }

    public CallTable Calls { get; }

    /// <summary>Several tables in one transaction.</summary>
    public Task WriteAsync(Action<Microsoft.Data.Sqlite.SqliteConnection> write) => _database.Writer.WriteAsync(write);

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
