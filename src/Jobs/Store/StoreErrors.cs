using Microsoft.Data.Sqlite;

namespace Orchestrator.Jobs.Store;

/// <summary>What SQLite reports of its surroundings, in words. Anything else it throws is a bug here.</summary>
static class StoreErrors
{
    const int Busy = 5, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NoDatabase = 26;

    public static bool IsOutside(SqliteException failure) =>
        failure.SqliteErrorCode is Busy or ReadOnly or InputOutput or Corrupt or Full or CannotOpen or NoDatabase;

    public static JobStoreException Describe(SqliteException failure, string file) => new(
        failure.SqliteErrorCode switch
        {
            Full => $"The disk of {file} is full.",
            ReadOnly => $"{file} must not be written.",
            Busy => $"{file} is held by another process for too long.",
            Corrupt or NoDatabase => $"{file} is no database of jobs, or is damaged.",
            CannotOpen => $"{file} cannot be opened.",
            _ => $"{file} cannot be read or written: {failure.Message}",
        },
        failure);
}
