using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Orchestrator.Retrieval.Collections.Documents;
using Orchestrator.Retrieval.Collections.Filters;

namespace Orchestrator.Retrieval.Collections.Embedded;

/// <summary>The table <c>documents</c>; vectors are little-endian floats.</summary>
static class DocumentRows
{
    public const string Columns = "number, id, metadata, text, vector";

    public static void Upsert(SqliteConnection db, IReadOnlyList<Document> documents)
    {
        using SqliteCommand command = db.CreateCommand();
        command.CommandText =
            """
            INSERT INTO documents (id, metadata, text, vector) VALUES ($id, $metadata, $text, $vector)
            ON CONFLICT (id) DO UPDATE SET metadata = excluded.metadata, text = excluded.text, vector = excluded.vector
            """;
        SqliteParameter id = Add("$id"), metadata = Add("$metadata"), text = Add("$text"), vector = Add("$vector");
        foreach (Document document in documents)
        {
            id.Value = document.Id;
            metadata.Value = Fields.Write(document.Metadata);
            text.Value = document.Text;
            vector.Value = MemoryMarshal.AsBytes<float>(document.Vector).ToArray();
            command.ExecuteNonQuery();
        }

        SqliteParameter Add(string name)
        {
            SqliteParameter parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
            return parameter;
        }
    }

    /// <returns>The ids that were there.</returns>
    public static List<string> Delete(SqliteConnection db, IReadOnlyList<string> ids) =>
        [.. db.Rows("DELETE FROM documents WHERE id IN (SELECT value FROM json_each($ids)) RETURNING id", row => row.GetString(0), ("$ids", List(ids)))];

    public static List<string> Matching(SqliteConnection db, CollectionSpec spec, Filter filter) =>
    [
        .. db.Rows("SELECT id, metadata FROM documents", row => (Id: row.GetString(0), Metadata: row.GetString(1)))
            .Where(row => filter.Allows(CollectionDatabase.Parse(row.Metadata, spec.Name))).Select(row => row.Id),
    ];

    public static long Count(SqliteConnection db) => db.Rows("SELECT count(*) FROM documents", row => row.GetInt64(0)).Single();

    public static List<Document> Get(SqliteConnection db, CollectionSpec spec, IReadOnlyList<string> ids, bool withVectors) =>
    [
        .. db.Rows(
            $"""
            SELECT number, documents.id, metadata, text, {(withVectors ? "vector" : "NULL")} FROM json_each($ids) AS wanted
            JOIN documents ON documents.id = wanted.value ORDER BY wanted.key
            """,
            row => Read(row, spec), ("$ids", List(ids))),
    ];

    public static List<Document> Page(SqliteConnection db, CollectionSpec spec, string? after, int limit) =>
    [
        .. db.Rows(
            "SELECT number, id, metadata, text, NULL FROM documents WHERE id > $after ORDER BY id LIMIT $limit",
            row => Read(row, spec), ("$after", after ?? ""), ("$limit", limit)),
    ];

    /// <summary>All with their vectors, in the order in which they came.</summary>
    public static IEnumerable<Document> All(SqliteConnection db, CollectionSpec spec) =>
        db.Rows($"SELECT {Columns} FROM documents ORDER BY number", row => Read(row, spec));

    static Document Read(SqliteDataReader row, CollectionSpec spec) => new(
        row.GetString(1), row.GetString(3), CollectionDatabase.Parse(row.GetString(2), spec.Name),
        row.IsDBNull(4) ? null : Vector(row.GetFieldValue<byte[]>(4), spec));

    static float[] Vector(byte[] bytes, CollectionSpec spec) => bytes.Length == spec.Dimensions * sizeof(float)
        ? MemoryMarshal.Cast<byte, float>(bytes).ToArray()
        : throw StoreErrors.Damaged(spec.Name, $"a vector has {bytes.Length} bytes instead of {spec.Dimensions * sizeof(float)}");

    static string List(IReadOnlyList<string> ids) => JsonSerializer.Serialize(ids);
}
