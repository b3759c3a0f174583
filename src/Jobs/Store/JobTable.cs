using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Orchestrator.Jobs.Store;

/// <summary>The table <c>jobs</c>: one row a job.</summary>
sealed class JobTable(JobDatabase database)
{
    internal const string Columns = "id, state, stamps, total, fingerprint, batch";

    /// <returns>False when there is a job of that id already, which stays as it is.</returns>
    public Task<bool> AddAsync(JobRecord job) => database.Writer.WriteAsync(db => Add(db, job));

    public static bool Add(SqliteConnection db, JobRecord job) => db.Run(
        $"INSERT OR IGNORE INTO jobs ({Columns}) VALUES ($id, $state, $stamps, $total, $fingerprint, $batch)", Values(job)) > 0;

    public JobRecord? Find(string id) => database.Read(db => Find(db, id));

    /// <summary>The newest first.</summary>
    /// <param name="after">The id of the last job of the page before; null begins.</param>
    public List<JobRecord> Batches(string? after, int limit) => database.Read(db => db.Rows(
        $"""
        SELECT {Columns} FROM jobs
        WHERE batch IS NOT NULL AND ($after IS NULL OR number < (SELECT number FROM jobs WHERE id = $after))
        ORDER BY number DESC LIMIT $limit
        """,
        TryRead, ("$after", after), ("$limit", limit))).OfType<JobRecord>().ToList();

    public List<JobRecord> All() =>
        database.Read(db => db.Rows($"SELECT {Columns} FROM jobs ORDER BY number DESC", TryRead)).OfType<JobRecord>().ToList();

    /// <summary>Of batches only.</summary>
    public Dictionary<JobState, int> CountByState() => database.Read(db => db.Rows(
        "SELECT state, count(*) FROM jobs WHERE batch IS NOT NULL GROUP BY state",
        row => (State: JobStates.Find(row.GetString(0)), Count: row.GetInt32(1))))
        .Where(row => row.State is not null).ToDictionary(row => row.State!.Value, row => row.Count);

    /// <summary>Batches in which something must still happen, the oldest first.</summary>
    public List<string> Unfinished() => database.Read(db => db.Rows(
        "SELECT id, state FROM jobs WHERE batch IS NOT NULL ORDER BY number", row => (Id: row.GetString(0), State: JobStates.Find(row.GetString(1)))))
        .Where(job => job.State?.HasEnded() == false).Select(job => job.Id).ToList();

    /// <summary>Reads, changes and writes as one step; null leaves the job as it is.</summary>
    /// <returns>The job as it is now; null when there is none.</returns>
    public Task<JobRecord?> ChangeAsync(string id, Func<JobRecord, JobRecord?> change) => database.Writer.WriteAsync(db =>
    {
        if (Find(db, id) is not { } before) return null;
        if (change(before) is not { } after) return before;
        db.Run(
            "UPDATE jobs SET state = $state, stamps = $stamps, total = $total, fingerprint = $fingerprint, batch = $batch WHERE id = $id",
            Values(after));
        return after;
    });

    /// <summary>With its items and calls.</summary>
    public Task DeleteAsync(string id) => database.Writer.WriteAsync(db =>
    {
        foreach (var (table, column) in (ReadOnlySpan<(string, string)>)[("calls", "job"), ("items", "job"), ("jobs", "id")])
            db.Run($"DELETE FROM {table} WHERE {column} = $id", ("$id", id));
    });

    static JobRecord? Find(SqliteConnection db, string id) =>
        db.Rows($"SELECT {Columns} FROM jobs WHERE id = $id", Read, ("$id", id)).FirstOrDefault();

    /// <exception cref="JobStoreException">The row is damaged.</exception>
    static JobRecord Read(SqliteDataReader row) =>
        TryRead(row) ?? throw new JobStoreException($"The job '{row.Text(0)}' is damaged in the table jobs.");

    /// <summary>Null for a damaged row, which must not hide the others.</summary>
    static JobRecord? TryRead(SqliteDataReader row)
    {
        try
        {
            return JobStates.Find(row.GetString(1)) is { } state
                && JsonSerializer.Deserialize(row.GetString(2), JobJson.Stored.DictionaryStringInt64) is { } stamps
                ? new JobRecord(
                    row.GetString(0), state, stamps, row.GetInt32(3), row.Text(4),
                    row.Text(5) is { } batch ? JsonSerializer.Deserialize(batch, JobJson.Stored.BatchFacts) : null)
                : null;
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }

    static (string, object?)[] Values(JobRecord job) =>
    [
        ("$id", job.Id),
        ("$state", job.State.Word()),
        ("$stamps", JsonSerializer.Serialize(job.Stamps.ToDictionary(), JobJson.Stored.DictionaryStringInt64)),
        ("$total", job.Total),
        ("$fingerprint", job.Fingerprint),
        ("$batch", job.Batch is null ? null : JsonSerializer.Serialize(job.Batch, JobJson.Stored.BatchFacts)),
    ];
}
