using System.Text.Json;
using Microsoft.Data.Sqlite;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Jobs.Store;

/// <summary>The table <c>calls</c>: one row for each question to an expert, planned before it is asked, so that none is lost.</summary>
sealed class CallTable(JobDatabase database)
{
    const string IsOpen =
        """
        job = $job AND answer IS NULL AND EXISTS
          (SELECT 1 FROM items WHERE items.job = calls.job AND items.item = calls.item AND items.answer IS NULL)
        """;

    public static void Plan(SqliteConnection db, string job, int item, string expert, int sample) => db.Run(
        "INSERT OR IGNORE INTO calls (job, item, expert, sample) VALUES ($job, $item, $expert, $sample)",
        ("$job", job), ("$item", item), ("$expert", expert), ("$sample", sample));

    /// <summary>Experts with unanswered calls of open items, and how many.</summary>
    public List<(string Expert, int Calls)> OpenGroups(string job) => database.Read(db => db.Rows(
        $"SELECT expert, count(*) FROM calls WHERE {IsOpen} GROUP BY expert ORDER BY expert",
        row => (row.GetString(0), row.GetInt32(1)), ("$job", job)));

    /// <summary>The unanswered calls of one expert, by item.</summary>
    public List<CallKey> Open(string job, string expert) => database.Read(db => db.Rows(
        $"SELECT item, sample FROM calls WHERE {IsOpen} AND expert = $expert ORDER BY item, sample",
        row => new CallKey(row.GetInt32(0), row.GetInt32(1)), ("$job", job), ("$expert", expert)));

    /// <summary>Calls that were answered, and the tokens of their answers.</summary>
    public CallTally Tally(string job) => database.Read(db => db.Rows(
        """
        SELECT count(answer), coalesce(sum(answer ->> '$.usage.prompt_tokens'), 0),
          coalesce(sum(answer ->> '$.usage.completion_tokens'), 0)
        FROM calls WHERE job = $job
        """,
        CallTally.Read, ("$job", job))[0]);

    /// <summary>All calls of these items; those without an answer have none yet.</summary>
    public ILookup<int, (string Expert, int Sample, MemberAnswer? Answer)> Of(string job, IEnumerable<int> items) => database.Read(db => db.Rows(
        $"SELECT item, expert, sample, answer FROM calls WHERE job = $job AND item IN ({ItemTable.List(items)}) ORDER BY item, expert, sample",
        row => (Item: row.GetInt32(0), Call: (row.GetString(1), row.GetInt32(2), Parse(row.Text(3)))), ("$job", job)))
        .ToLookup(call => call.Item, call => call.Call);

    /// <summary>The first answer to a call counts; a second one changes nothing.</summary>
    public Task<bool> AnswerAsync(string job, int item, MemberAnswer answer) => database.Writer.WriteAsync(db => db.Run(
        """
        UPDATE calls SET answer = $answer
        WHERE job = $job AND item = $item AND expert = $expert AND sample = $sample AND answer IS NULL
        """,
        ("$answer", JsonSerializer.Serialize(answer, JobJson.Stored.MemberAnswer)), ("$job", job), ("$item", item),
        ("$expert", answer.Expert), ("$sample", answer.Sample)) > 0);

    static MemberAnswer? Parse(string? json) => json is null ? null : JsonSerializer.Deserialize(json, JobJson.Stored.MemberAnswer);
}

/// <summary>One question to an expert, within its job.</summary>
public readonly record struct CallKey(int Item, int Sample);
