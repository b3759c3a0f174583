using System.Text.Json;
using Microsoft.Data.Sqlite;
using Orchestrator.Retrieval.Collections.Documents;

namespace Orchestrator.Retrieval.Collections.Embedded;

/// <summary>
/// The file of one collection: write-ahead log, so that readers never wait for the writer, and synchronous=FULL, so that what
/// was acknowledged is there after a power cut too. One file each, so that a damaged one is the end of one collection only.
/// </summary>
sealed class CollectionDatabase : IAsyncDisposable
{
    const int Version = 1;

    /// <summary>The vector comes last: what needs none does not read it.</summary>
    const string Schema =
        """
        CREATE TABLE collection (
          model TEXT NOT NULL, space TEXT NOT NULL, dimensions INTEGER NOT NULL, metadata TEXT NOT NULL, created INTEGER NOT NULL);
        CREATE TABLE documents (
          number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, metadata TEXT NOT NULL, text TEXT NOT NULL, vector BLOB NOT NULL);
        """;

    readonly string _connection;
    readonly Readers _readers = new();

    CollectionDatabase(string file, CollectionSpec spec, long created, string connection, SqliteConnection writer)
    {
        (File, Spec, Created, _connection, Connection) = (file, spec, created, connection, writer);
    }

    public string File { get; }

    public CollectionSpec Spec { get; }

    /// <summary>Unix seconds.</summary>
    public long Created { get; }

    /// <summary>The writer's.</summary>
    public SqliteConnection Connection { get; }

    /// <summary>A file that was being made when its process was killed has no table yet and counts as none.</summary>
    public static CollectionDatabase Create(string file, CollectionSpec spec, long created)
    {
        Delete(file);
        return Open(file, spec.Name, SqliteOpenMode.ReadWriteCreate, writer => writer.Run(
            $"""
            BEGIN IMMEDIATE;
            {Schema}
            INSERT INTO collection VALUES ($model, $space, $dimensions, $metadata, $created);
            PRAGMA user_version = {Version};
            COMMIT;
            """,
            ("$model", spec.Model), ("$space", spec.Space), ("$dimensions", spec.Dimensions),
            ("$metadata", Fields.Write(spec.Metadata)), ("$created", created)))!;
    }

    /// <returns>Null when there is no such collection.</returns>
    /// <exception cref="CollectionException">The file is damaged, of another version or cannot be used.</exception>
    public static CollectionDatabase? Open(string file, string name) =>
        System.IO.File.Exists(file) ? Open(file, name, SqliteOpenMode.ReadWrite, _ => { }) : null;

    /// <summary>A snapshot of what is committed; never waits for the writer.</summary>
    /// <exception cref="CollectionException">The collection is gone, or its file cannot be read.</exception>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        using IDisposable reader = _readers.Enter() ?? throw CollectionException.NoCollection(Spec.Name);
        try
        {
            using var connection = new SqliteConnection(_connection);
            connection.Open();
            return read(connection);
        }
        catch (SqliteException failure) when (StoreErrors.IsOutside(failure))
        {
            throw StoreErrors.Describe(failure, Spec.Name);
        }
    }

    /// <summary>What is committed now, for as long as the connection is not disposed of; the file stays as long.</summary>
    /// <exception cref="CollectionException">The collection is gone.</exception>
    public SqliteConnection OpenSnapshot()
    {
        IDisposable reader = _readers.Enter() ?? throw CollectionException.NoCollection(Spec.Name);
        // Not pooled: its transaction must end with it, wherever reading ends.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(_connection) { Pooling = false }.ToString());
        connection.Disposed += (_, _) => reader.Dispose();
        try
        {
            connection.Open();
            connection.Run("BEGIN");
            // The snapshot is taken by the first statement that reads.
            DocumentRows.Count(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Waits for those that read.</summary>
    public async ValueTask DisposeAsync()
    {
        await _readers.CloseAsync();
        using (var pooled = new SqliteConnection(_connection))
            SqliteConnection.ClearPool(pooled);
        // The last connection to close writes the log into the database.
        Connection.Dispose();
    }

    /// <summary>The log before the database: a log without its own would be taken for the next one's.</summary>
    public static void Delete(string file)
    {
        foreach (string suffix in (ReadOnlySpan<string>)["-wal", "-shm", ""])
            System.IO.File.Delete(file + suffix);
    }

    static CollectionDatabase? Open(string file, string name, SqliteOpenMode mode, Action<SqliteConnection> prepare)
    {
        // Readers fail where the file is gone, instead of making a new one.
        var connection = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite }.ToString();
        var writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        try
        {
            writer.Open();
            writer.Run("PRAGMA journal_mode = WAL");
            writer.Run("PRAGMA synchronous = FULL");
            prepare(writer);
            int version = writer.Rows("PRAGMA user_version", row => row.GetInt32(0)).Single();
            CollectionDatabase? database = version switch
            {
                0 when IsEmpty(writer) => null,
                Version => Describe(writer, file, name, connection),
                _ => throw StoreErrors.Damaged(name, $"its file has version {version}, this program knows version {Version}"),
            };
            if (database is null)
                writer.Dispose();
            return database;
        }
        catch (Exception failure)
        {
            writer.Dispose();
            if (failure is SqliteException sqlite && StoreErrors.IsOutside(sqlite))
                throw StoreErrors.Describe(sqlite, name);
            throw;
        }
    }

    static bool IsEmpty(SqliteConnection connection) =>
        connection.Rows("SELECT count(*) FROM sqlite_schema", row => row.GetInt64(0)).Single() == 0;

    static CollectionDatabase Describe(SqliteConnection writer, string file, string name, string connection)
    {
        // Looks at the other table too: a file of the right version may still have others.
        _ = writer.Rows($"SELECT {DocumentRows.Columns} FROM documents LIMIT 0", row => row.GetInt64(0)).Any();
        var rows = writer.Rows(
            "SELECT model, space, dimensions, metadata, created FROM collection",
            row => (Spec: new CollectionSpec(name, row.GetString(0), row.GetString(1), row.GetInt32(2)) { Metadata = Parse(row.GetString(3), name) },
                Created: row.GetInt64(4))).ToArray();
        return rows is [var (spec, created)]
            ? new CollectionDatabase(file, spec, created, connection, writer)
            : throw StoreErrors.Damaged(name, "its file does not say what it is");
    }

    public static IReadOnlyDictionary<string, FieldValue> Parse(string metadata, string name)
    {
        if (metadata == "{}")
            return Fields.None;
        try
        {
            using JsonDocument json = JsonDocument.Parse(metadata);
            return Fields.Read(json.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or CollectionException)
        {
            throw StoreErrors.Damaged(name, "its metadata is not what was written", failure);
        }
    }
}
