using Microsoft.Data.Sqlite;

namespace Orchestrator.Retrieval.Collections.Embedded;

/// <summary>Statements with named values: <c>$name</c> in the text.</summary>
static class Sql
{
    /// <returns>Rows that were changed.</returns>
    public static int Run(this SqliteConnection connection, string text, params (string Name, object Value)[] values)
    {
        using SqliteCommand command = Command(connection, text, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>Read as they are enumerated.</summary>
    public static IEnumerable<T> Rows<T>(
        this SqliteConnection connection, string text, Func<SqliteDataReader, T> read, params (string Name, object Value)[] values)
    {
        using SqliteCommand command = Command(connection, text, values);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
            yield return read(reader);
    }

    static SqliteCommand Command(SqliteConnection connection, string text, (string Name, object Value)[] values)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        foreach ((string name, object value) in values)
            command.Parameters.AddWithValue(name, value);
        return command;
    }
}
