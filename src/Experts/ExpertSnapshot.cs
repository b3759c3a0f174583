namespace Orchestrator.Experts;

/// <summary>Where an expert stands with the device.</summary>
public enum Residency
{
    Cold,
    Loading,
    Resident,
    Draining,
    Quarantined,
}

/// <summary>Facts read from the expert's GGUF header without loading it.</summary>
public sealed record ExpertFacts(
    string Architecture, long Parameters, string FileType, int ContextLength, int VocabularySize, long FileBytes);

/// <summary>One expert as it is now, for <c>/v1/models</c>, the router and the log.</summary>
public sealed record ExpertSnapshot
{
    public required string Id { get; init; }

    public string Description { get; init; } = "";

    public required Residency Residency { get; init; }

    /// <summary>Why it is quarantined; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>Null when the header could not be read.</summary>
    public ExpertFacts? Facts { get; init; }

    /// <summary>Bytes held on the device now: weights, KV and compute buffers; 0 unless resident.</summary>
    public long ResidentBytes { get; init; }

    /// <summary>
    /// Whether the whole memory budget could hold it, by the estimate until its first load and by what that took
    /// afterwards. Where it cannot, asking fails with <see cref="ExpertFailure.TooLargeForBudget"/>.
    /// </summary>
    public bool FitsBudget { get; init; } = true;

    public int ActiveRequests { get; init; }
}
