using Microsoft.Data.Sqlite;

namespace Orchestrator.Retrieval.Collections.Embedded;

/// <summary>What SQLite reports of its surroundings, in words. Anything else it throws is a bug here.</summary>
static class StoreErrors
{
    const int Error = 1, Permission = 3, Busy = 5, Locked = 6, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NoDatabase = 26;

    public static bool IsOutside(SqliteException failure) =>
        failure.SqliteErrorCode is Error or Permission or Busy or Locked or ReadOnly or InputOutput or Corrupt or Full or CannotOpen or NoDatabase;

    public static CollectionException Describe(SqliteException failure, string name) => failure.SqliteErrorCode switch
    {
        // The statements are constants, so with Error it is the tables that are wrong.
        Corrupt or NoDatabase or Error => Damaged(name, failure.Message, failure),
        Full => Unavailable(name, "its disk is full", failure),
        ReadOnly or Permission => Unavailable(name, "its file must not be written", failure),
        Busy or Locked => Unavailable(name, "another process holds its file", failure),
        _ => Unavailable(name, "its file cannot be read or written", failure),
    };

    public static CollectionException Damaged(string name, string why, Exception? inner = null) => new(
        CollectionFailure.Damaged,
        $"What is stored of the collection '{name}' is damaged: {why.TrimEnd('.')}. Restore its file from a copy, or delete the collection.", inner);

    public static CollectionException Unavailable(string name, string why, Exception? inner = null) =>
        new(CollectionFailure.Unavailable, $"The collection '{name}' cannot be used now: {why}.", inner);
}
