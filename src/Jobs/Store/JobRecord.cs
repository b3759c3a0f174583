namespace Orchestrator.Jobs.Store;

/// <summary>One job as it is stored.</summary>
/// <param name="Stamps">When it came into each state, by the state's word, in Unix seconds; also <c>created</c> and <c>expires</c>.</param>
/// <param name="Batch">Null for a job that is no batch of the REST interface.</param>
public sealed record JobRecord(
    string Id, JobState State, IReadOnlyDictionary<string, long> Stamps, int Total, string? Fingerprint, BatchFacts? Batch)
{
    public const string Created = "created";
    public const string Expires = "expires";

    /// <param name="now">Unix seconds.</param>
    public JobRecord At(JobState state, long now) =>
        this with { State = state, Stamps = new Dictionary<string, long>(Stamps) { [state.Word()] = now } };

    public long? Stamp(string name) => Stamps.TryGetValue(name, out var at) ? at : null;
}

/// <summary>Items of a job by how they stand.</summary>
public sealed record JobCounts(int Total, int Done, int Failed)
{
    public int Open => Total - Done - Failed;
}
