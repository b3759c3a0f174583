using Orchestrator.Experts.Configuration;

namespace Orchestrator.Experts;

/// <summary>Where an expert stands with the device.</summary>
public enum Residency
{
    Cold,
    Loading,
    Resident,

    /// <summary>Finishes what runs, takes nothing new, and is then unloaded.</summary>
    Draining,

    /// <summary>Its last load failed; it is tried again after a pause that grows with every failure.</summary>
    Failed,

    /// <summary>Its file was refused and is not opened.</summary>
    Quarantined,

    /// <summary>It runs elsewhere and is only asked from here.</summary>
    Remote,
}

/// <summary>Facts read from the expert's GGUF header without loading it.</summary>
public sealed record ExpertFacts(
    string Architecture, long Parameters, string FileType, int ContextLength, int VocabularySize, long FileBytes)
{
    /// <summary>Parameters that each token passes through: fewer than all where the model has experts inside.</summary>
    public long ActiveParameters { get; init; } = Parameters;

    /// <summary>Numbers of a token's vector, and of a text's where it embeds; 0 is unknown.</summary>
    public int Width { get; init; }

    /// <summary><c>general.license</c>; null where the file does not say.</summary>
    public string? Licence { get; init; }
}

/// <summary>One expert as it is now, for <c>/v1/models</c>, the router and the log.</summary>
public sealed record ExpertSnapshot
{
    public required string Id { get; init; }

    public string Description { get; init; } = "";

    public ExpertPurpose Purpose { get; init; }

    /// <summary>How it calls tools, if it does.</summary>
    public ToolFormat Tools { get; init; }

    /// <summary>Where the vectors of an expert that embeds live; null of others.</summary>
    public string? Space { get; init; }

    /// <summary>Numbers of its vectors; null where it does not embed, or that is not known yet.</summary>
    public int? Dimensions { get; init; }

    /// <summary>Id of the expert that embeds the documents which its queries search; null where it embeds both, or neither.</summary>
    public string? QueriesFor { get; init; }

    public required Residency Residency { get; init; }

    /// <summary>Why it is quarantined, or why its last load failed; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>Null when the header could not be read.</summary>
    public ExpertFacts? Facts { get; init; }

    /// <summary>Bytes that its loads take of the budget: as its trial found until the first load, then as that took.</summary>
    public long ExpectedBytes { get; init; }

    /// <summary>Bytes held on the device now: weights, KV and compute buffers; 0 unless resident.</summary>
    public long ResidentBytes { get; init; }

    /// <summary>
    /// Whether the whole memory budget could hold it, by the estimate until its first load and by what that took
    /// afterwards. Where it cannot, asking fails with <see cref="ExpertFailure.TooLargeForBudget"/>.
    /// </summary>
    public bool FitsBudget { get; init; } = true;

    /// <summary>Whether it can answer at all, now or after a load.</summary>
    public bool IsUsable => Residency != Residency.Quarantined && FitsBudget;

    /// <summary>Whether a policy may recruit it.</summary>
    public bool IsRecruitable => IsUsable && Purpose == ExpertPurpose.Answer;

    public bool Pinned { get; init; }

    public int ActiveRequests { get; init; }

    /// <summary>Requests in its queue, of both classes.</summary>
    public int WaitingRequests { get; init; }

    /// <summary>Age of the oldest of them; zero when none waits.</summary>
    public TimeSpan OldestWait { get; init; }

    /// <summary>Share of the file that a running load has read, 0 to 1; null unless loading.</summary>
    public double? LoadProgress { get; init; }

    /// <summary>How long a request that came now would wait for its first decoding step, by what was measured.</summary>
    public TimeSpan ExpectedWait { get; init; }

    /// <summary>Loads that ended well, and those that failed, since the start.</summary>
    public long Loads { get; init; }

    public long FailedLoads { get; init; }

    /// <summary>Unloads to make room for others.</summary>
    public long Evictions { get; init; }

    /// <summary>Unloads after <c>idle_unload</c>, when nobody needed the room.</summary>
    public long IdleUnloads { get; init; }

    /// <summary>Requests that got the model, since the start.</summary>
    public long Served { get; init; }

    public long PromptTokens { get; init; }

    public long GeneratedTokens { get; init; }

    /// <summary>Its low-precision twins, the preferred first.</summary>
    public IReadOnlyList<VariantSnapshot> Variants { get; init; } = [];
}

/// <summary>A low-precision twin of an expert.</summary>
public sealed record VariantSnapshot(string Name, Residency Residency, long ResidentBytes, long ExpectedBytes, string? Reason);
