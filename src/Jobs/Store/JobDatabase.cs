using Microsoft.Data.Sqlite;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Jobs.Store;

/// <summary>
/// <c>jobs.db</c> in the folder of jobs: write-ahead log, so that readers never wait for the writer, and synchronous=FULL,
/// so that what a client was told is stored is there after a power cut too. Several processes may have it open.
/// </summary>
sealed class JobDatabase : IAsyncDisposable
{
    const int Version = 1;

    const string Schema =
        """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
        INSERT INTO meta VALUES ('id', lower(hex(randomblob(8))));
        CREATE TABLE files (
          number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, purpose TEXT NOT NULL,
          bytes INTEGER NOT NULL, created INTEGER NOT NULL);
        CREATE TABLE jobs (
          number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, state TEXT NOT NULL, stamps TEXT NOT NULL,
          total INTEGER NOT NULL DEFAULT 0, fingerprint TEXT, batch TEXT);
        CREATE TABLE items (
          job TEXT NOT NULL, item INTEGER NOT NULL, key TEXT NOT NULL, question TEXT NOT NULL, tagged TEXT, plan TEXT,
          answer TEXT, failed INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (job, item), UNIQUE (job, key));
        CREATE INDEX items_open ON items (job, item) WHERE answer IS NULL;
        CREATE TABLE calls (
          job TEXT NOT NULL, item INTEGER NOT NULL, expert TEXT NOT NULL, sample INTEGER NOT NULL, answer TEXT,
          PRIMARY KEY (job, item, expert, sample));
        CREATE INDEX calls_open ON calls (job, expert, item, sample) WHERE answer IS NULL;
        """;

    readonly string _connection;

    JobDatabase(string file, string connection, SqliteConnection writer, string id)
    {
        _connection = connection;
        (File, Id, Writer) = (file, id, new StoreWriter(writer, file));
    }

    public string File { get; }

    /// <summary>Made with the database; queues of a message broker that several services share are named by it.</summary>
    public string Id { get; }

    public StoreWriter Writer { get; }

    /// <exception cref="JobStoreException">The folder cannot be used, or the database is of another version.</exception>
    public static JobDatabase Open(string folder)
    {
        var file = Path.Combine(folder, JobFolder.Database);
        try
        {
            Directory.CreateDirectory(folder);
            var connection = new SqliteConnectionStringBuilder { DataSource = file }.ToString();
            var writer = new SqliteConnection(connection);
            try
            {
                writer.Open();
                writer.Run("PRAGMA journal_mode = WAL");
                writer.Run("PRAGMA synchronous = FULL");
                Prepare(writer, file);
                return new JobDatabase(file, connection, writer, Identity(writer, file));
            }
            catch
            {
                writer.Dispose();
                throw;
            }
        }
        catch (SqliteException failure)
        {
            throw StoreErrors.Describe(failure, file);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException and not JobStoreException)
        {
            throw new JobStoreException($"The folder of jobs cannot be used: {failure.Message}", failure);
        }
    }

    /// <summary>A snapshot of what is committed; never waits for the writer.</summary>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        try
        {
            using var connection = new SqliteConnection(_connection);
            connection.Open();
            return read(connection);
        }
        catch (SqliteException failure) when (StoreErrors.IsOutside(failure))
        {
            throw StoreErrors.Describe(failure, File);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        // The last connection to close writes the log into the database.
        await using var pooled = new SqliteConnection(_connection);
        SqliteConnection.ClearPool(pooled);
    }

    /// <summary>Looks at every table too: a file of the right version may still have others.</summary>
    static string Identity(SqliteConnection writer, string file)
    {
        foreach (string columns in (ReadOnlySpan<string>)[FileTable.Columns + " FROM files", JobTable.Columns + " FROM jobs",
            ItemTable.Columns + ", key, failed FROM items", "job, item, expert, sample, answer FROM calls"])
            writer.Rows($"SELECT {columns} LIMIT 0", row => row.GetInt32(0));
        return writer.Rows("SELECT value FROM meta WHERE key = 'id'", row => row.GetString(0)) is [var id]
            ? id
            : throw new JobStoreException($"{file} has lost its identity (table meta): give jobs.folder another folder.");
    }

    static void Prepare(SqliteConnection writer, string file)
    {
        // Two processes may open a new database at once: who comes second finds it made.
        writer.Run("BEGIN IMMEDIATE");
        var version = writer.Rows("PRAGMA user_version", row => row.GetInt32(0))[0];
        if (version == 0) writer.Run($"{Schema}\nPRAGMA user_version = {Version};");
        writer.Run("COMMIT");
        if (version is not (0 or Version))
            throw new JobStoreException($"{file} has version {version}, this program knows version {Version}: give jobs.folder another folder.");
    }
}
