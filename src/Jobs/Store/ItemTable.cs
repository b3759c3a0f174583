using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Orchestrator.Jobs.Running;
using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Jobs.Store;

/// <summary>The table <c>items</c>: one row a question of a job, with its plan and what came of it.</summary>
sealed class ItemTable(JobDatabase database)
{
    internal const string Columns = "item, question, tagged, plan, answer";

    /// <summary>Items that are there already stay as they are.</summary>
    public static void Add(SqliteConnection db, string job, int first, IReadOnlyList<JobItem> items)
    {
        for (var i = 0; i < items.Count; i++)
            db.Run(
                "INSERT OR IGNORE INTO items (job, item, key, question) VALUES ($job, $item, $key, $question)",
                ("$job", job), ("$item", first + i), ("$key", items[i].Key),
                ("$question", JsonSerializer.Serialize(items[i], JobJson.Stored.JobItem)));
    }

    public Task AddAsync(string job, int first, IReadOnlyList<JobItem> items) =>
        database.Writer.WriteAsync(db => Add(db, job, first, items));

    public JobCounts Count(string job) => database.Read(db => db.Rows(
        "SELECT count(*), count(answer), coalesce(sum(failed), 0) FROM items WHERE job = $job",
        row => new JobCounts(row.GetInt32(0), row.GetInt32(1) - row.GetInt32(2), row.GetInt32(2)), ("$job", job))[0]);

    /// <summary>The tagger's answers and the calls of merging, and their tokens.</summary>
    public CallTally Tally(string job) => TagTally(job) + MergeTally(job);

    /// <summary>The tagger's answers, and their tokens.</summary>
    public CallTally TagTally(string job) => database.Read(db => db.Rows(
        """
        SELECT coalesce(sum(tagged ->> '$.answers'), 0), coalesce(sum(tagged ->> '$.usage.prompt_tokens'), 0),
          coalesce(sum(tagged ->> '$.usage.completion_tokens'), 0)
        FROM items WHERE job = $job
        """,
        CallTally.Read, ("$job", job))[0]);

    /// <summary>The merges that took a model, with what they heard of the panel, and their tokens.</summary>
    CallTally MergeTally(string job) => database.Read(db => db.Rows(
        """
        SELECT count(usage ->> '$.prompt_tokens'), coalesce(sum(usage ->> '$.prompt_tokens'), 0), coalesce(sum(usage ->> '$.completion_tokens'), 0)
        FROM (
          SELECT answer -> '$.merge_usage' AS usage FROM items WHERE job = $job
          UNION ALL
          SELECT heard.value -> '$.usage' FROM items, json_each(items.answer, '$.heard') AS heard WHERE job = $job)
        """,
        CallTally.Read, ("$job", job))[0]);

    /// <summary>The next items after <paramref name="after"/> that have no plan and have not ended, in their order.</summary>
    public List<StoredItem> Unplanned(string job, int after, int limit) =>
        Page("job = $job AND item > $after AND plan IS NULL AND answer IS NULL", job, after, limit);

    /// <summary>The next planned items after <paramref name="after"/> that have not ended, in their order.</summary>
    public List<StoredItem> Open(string job, int after, int limit) =>
        Page("job = $job AND item > $after AND plan IS NOT NULL AND answer IS NULL", job, after, limit);

    /// <summary>The next items after <paramref name="after"/> that have ended, in their order.</summary>
    public List<StoredItem> Ended(string job, int after, int limit) =>
        Page("job = $job AND item > $after AND answer IS NOT NULL", job, after, limit);

    /// <summary>The keys of items that have not ended, after <paramref name="after"/>, in their order.</summary>
    public List<(int Item, string Key)> OpenKeys(string job, int after, int limit) => database.Read(db => db.Rows(
        "SELECT item, key FROM items WHERE job = $job AND item > $after AND answer IS NULL ORDER BY item LIMIT $limit",
        row => (row.GetInt32(0), row.GetString(1)), ("$job", job), ("$after", after), ("$limit", limit)));

    public Task ClearAsync(string job) =>
        database.Writer.WriteAsync(db => { db.Run("DELETE FROM items WHERE job = $job", ("$job", job)); });

    /// <summary>Of these places only, and only what is planned and has not ended.</summary>
    public List<StoredItem> Open(string job, IEnumerable<int> items) => database.Read(db => db.Rows(
        $"SELECT {Columns} FROM items WHERE job = $job AND plan IS NOT NULL AND answer IS NULL AND item IN ({List(items)}) ORDER BY item",
        Read, ("$job", job)));

    public Task TagAsync(string job, IReadOnlyList<(int Item, TaggedQuestion Tagged)> found) => database.Writer.WriteAsync(db =>
    {
        foreach (var (item, tagged) in found)
            db.Run(
                "UPDATE items SET tagged = $tagged WHERE job = $job AND item = $item",
                ("$tagged", JsonSerializer.Serialize(tagged, JobJson.Stored.TaggedQuestion)), ("$job", job), ("$item", item));
    });

    public static void Plan(SqliteConnection db, string job, int item, PlanFacts plan) => db.Run(
        "UPDATE items SET plan = $plan WHERE job = $job AND item = $item",
        ("$plan", JsonSerializer.Serialize(plan, JobJson.Stored.PlanFacts)), ("$job", job), ("$item", item));

    /// <summary>The first end of an item counts; a second one, as after a message came twice, changes nothing.</summary>
    public Task<bool> EndAsync(string job, int item, ItemEnd end) => database.Writer.WriteAsync(db => End(db, job, item, end));

    public static bool End(SqliteConnection db, string job, int item, ItemEnd end) => db.Run(
        "UPDATE items SET answer = $answer, failed = $failed WHERE job = $job AND item = $item AND answer IS NULL",
        ("$answer", JsonSerializer.Serialize(end, JobJson.Stored.ItemEnd)), ("$failed", end.Failure is null ? 0 : 1),
        ("$job", job), ("$item", item)) > 0;

    internal static string List(IEnumerable<int> items) =>
        string.Join(',', items.Select(item => item.ToString(CultureInfo.InvariantCulture)));

    List<StoredItem> Page(string where, string job, int after, int limit) => database.Read(db => db.Rows(
        $"SELECT {Columns} FROM items WHERE {where} ORDER BY item LIMIT $limit",
        Read, ("$job", job), ("$after", after), ("$limit", limit)));

    static StoredItem Read(SqliteDataReader row) => new(
        row.GetInt32(0),
        JsonSerializer.Deserialize(row.GetString(1), JobJson.Stored.JobItem)!,
        row.Text(2) is { } tagged ? JsonSerializer.Deserialize(tagged, JobJson.Stored.TaggedQuestion) : null,
        row.Text(3) is { } plan ? JsonSerializer.Deserialize(plan, JobJson.Stored.PlanFacts) : null,
        row.Text(4) is { } end ? JsonSerializer.Deserialize(end, JobJson.Stored.ItemEnd) : null);
}
