using Microsoft.Data.Sqlite;

namespace Orchestrator.Jobs.Store;

/// <summary>One file that a client gave or a batch wrote.</summary>
/// <param name="Created">Unix seconds.</param>
public sealed record FileRecord(string Id, string Name, string Purpose, long Bytes, long Created);

/// <summary>The table <c>files</c>: what is known of a file; its content lies in the folder beside the database.</summary>
sealed class FileTable(JobDatabase database)
{
    internal const string Columns = "id, name, purpose, bytes, created";

    /// <summary>A file of that id that is there already is replaced.</summary>
    public Task AddAsync(FileRecord file) => database.Writer.WriteAsync(db =>
    {
        db.Run(
            $"INSERT OR REPLACE INTO files ({Columns}) VALUES ($id, $name, $purpose, $bytes, $created)",
            ("$id", file.Id), ("$name", file.Name), ("$purpose", file.Purpose), ("$bytes", file.Bytes), ("$created", file.Created));
    });

    public FileRecord? Find(string id) => database.Read(db => db.Rows(
        $"SELECT {Columns} FROM files WHERE id = $id", Read, ("$id", id)).FirstOrDefault());

    /// <summary>The newest first.</summary>
    /// <param name="after">The id of the last file of the page before; null begins.</param>
    public List<FileRecord> List(string? purpose, string? after, int limit) => database.Read(db => db.Rows(
        $"""
        SELECT {Columns} FROM files
        WHERE ($purpose IS NULL OR purpose = $purpose) AND ($after IS NULL OR number < (SELECT number FROM files WHERE id = $after))
        ORDER BY number DESC LIMIT $limit
        """,
        Read, ("$purpose", purpose), ("$after", after), ("$limit", limit)));

    public Task<bool> DeleteAsync(string id) =>
        database.Writer.WriteAsync(db => db.Run("DELETE FROM files WHERE id = $id", ("$id", id)) > 0);

    static FileRecord Read(SqliteDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4));
}
