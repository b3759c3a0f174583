using Microsoft.Data.Sqlite;

namespace Orchestrator.Jobs.Store;

/// <summary>What SQLite reports of its surroundings, in words. Anything else it throws is a bug here.</summary>
static class StoreErrors
{
    const int Error = 1, Permission = 3, Busy = 5, Locked = 6, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NoDatabase = 26;

    public static bool IsOutside(SqliteException failure) =>
        failure.SqliteErrorCode is Error or Permission or Busy or Locked or ReadOnly or InputOutput or Corrupt or Full or CannotOpen or NoDatabase;

    public static JobStoreException Describe(SqliteException failure, string file) => new(
        failure.SqliteErrorCode switch
        {
            Full => $"The disk of {file} is full.",
            ReadOnly or Permission => $"{file} must not be written.",
            Busy or Locked => $"{file} is held by another process for too long.",
            Corrupt or NoDatabase => $"{file} is no database of jobs, or is damaged.",
            // The statements are constants, so it is the tables that are wrong.
            Error => $"{file} is no database of jobs: {failure.Message}",
            CannotOpen => $"{file} cannot be opened.",
            _ => $"{file} cannot be read or written: {failure.Message}",
        },
        failure);
}
