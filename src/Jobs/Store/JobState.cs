using System.Text.Json;

namespace Orchestrator.Jobs.Store;

/// <summary>Where a job is in its life, as OpenAI's batches have it.</summary>
public enum JobState
{
    Validating,
    InProgress,
    Finalizing,
    Completed,
    Failed,
    Expired,
    Cancelling,
    Cancelled,
}

public static class JobStates
{
    /// <summary>In snake case, as clients and the database see it.</summary>
    public static string Word(this JobState state) => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());

    /// <summary>Null for a word that is none.</summary>
    public static JobState? Find(string word) =>
        Enum.GetValues<JobState>().Where(state => state.Word() == word).Select(state => (JobState?)state).FirstOrDefault();

    /// <summary>Whether nothing more happens.</summary>
    public static bool HasEnded(this JobState state) =>
        state is JobState.Completed or JobState.Failed or JobState.Expired or JobState.Cancelled;
}
