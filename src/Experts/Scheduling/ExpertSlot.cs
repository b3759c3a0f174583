using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Loading;
using Orchestrator.Experts.Memory;

namespace Orchestrator.Experts.Scheduling;

/// <summary>
/// One loadable file of an expert, the expert itself or a low-precision variant, and its place on the device. Only the
/// scheduler's loop touches the mutable part.
/// </summary>
sealed class ExpertSlot(int index, CatalogEntry entry, SharedWeights weights)
{
    public int Index { get; set; } = index;

    public CatalogEntry Entry { get; } = entry;

    public string Id => Entry.Config.Id;

    /// <summary>Null for the expert's own file.</summary>
    public string? Variant => Entry.Variant;

    /// <summary>For the log: the expert, and the variant if it is one.</summary>
    public string Name => Variant is null ? Id : $"{Id} ({Variant})";

    public MemoryAccount Account => Entry.Account;

    public SharedWeights Weights { get; } = weights;

    /// <summary>KV, compute buffers and adapter: what is not shared. Estimated until the first load, then measured.</summary>
    public long OwnBytes { get; set; } = entry.EstimatedBytes.Own;

    /// <summary>What it takes when nobody else holds its weights.</summary>
    public long Bytes => OwnBytes + Weights.Bytes;

    public SlotPhase Phase { get; set; }

    public int Running { get; set; }

    public int Capacity { get; } = entry.Config.MaxSequences;

    public TimeSpan LastUsed { get; set; }

    /// <summary>Just loaded: nobody got it yet.</summary>
    public bool Fresh { get; set; }

    /// <summary>The present model is to go as soon as nothing runs on it: broken, unloaded by hand, or retired.</summary>
    public bool Discard { get; set; }

    /// <summary>The expert left the configuration, or a changed one took its place: never loaded again.</summary>
    public bool Retired { get; set; }

    /// <summary>To be loaded without being asked for: at start, by hand, or because it is pinned.</summary>
    public bool Wanted { get; set; } = entry.Variant is null && (entry.Config.Preload || entry.Config.Pin);

    /// <summary>Room is being made for it.</summary>
    public bool Committed { get; set; }

    public bool Pinned => Entry.Config.Pin && Variant is null && !Retired;

    /// <summary>Until then no overdue request of another expert takes its place.</summary>
    public TimeSpan HeldUntil { get; set; }

    public TimeSpan RetryAt { get; set; }

    public int FailuresInARow { get; set; }

    public Exception? LastFailure { get; set; }

    /// <summary>Of interactive requests.</summary>
    public DecayingRate Arrivals;

    /// <summary>All slots of a scheduler share one.</summary>
    public FirstGuesses Guesses { get; set; } = new();

    public double LoadSeconds => MeasuredLoad ?? Guesses.LoadSeconds(Bytes);

    /// <summary>How long a request holds a sequence.</summary>
    public double ServiceSeconds => MeasuredService ?? Guesses.ServiceSeconds;

    /// <summary>Null before the first load.</summary>
    public double? MeasuredLoad { get; private set; }

    /// <summary>Null before the first complete answer.</summary>
    public double? MeasuredService { get; private set; }

    public IResidentModel? Model { get; set; }

    /// <summary>Of the load that runs or ran last; each load has its own, so that a late report of an earlier one is lost.</summary>
    public LoadShare LoadProgress { get; set; } = new();

    public SlotCounts Counts { get; } = new();

    /// <param name="tells">Whether all of its bytes were read.</param>
    public void LoadTook(double seconds, bool tells)
    {
        MeasuredLoad = Measured.Blend(MeasuredLoad, seconds);
        if (tells)
            Guesses.LoadTook(Bytes, seconds);
    }

    public void ServiceTook(double seconds)
    {
        MeasuredService = Measured.Blend(MeasuredService, seconds);
        Guesses.ServiceTook(seconds);
    }
}

/// <summary>Sums since the start.</summary>
sealed class SlotCounts
{
    public long Loads { get; set; }

    public long FailedLoads { get; set; }

    public long Evictions { get; set; }

    public long IdleUnloads { get; set; }

    public long Served { get; set; }

    /// <summary>Tokens of models that are unloaded; the resident one counts its own.</summary>
    public long PromptTokens { get; set; }

    public long GeneratedTokens { get; set; }
}
