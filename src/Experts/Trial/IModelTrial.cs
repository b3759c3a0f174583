using Orchestrator.LlamaCpp.Embedding;

namespace Orchestrator.Experts.Trial;

/// <summary>What trying one file showed.</summary>
/// <param name="Refusal">Why the file must not be opened here; null when it may.</param>
/// <param name="Memory">What a load will take, as llama.cpp laid it out; null when that is not known.</param>
public readonly record struct TrialVerdict(string? Refusal, TrialMemory? Memory = null);

/// <param name="WeightBytes">Shared by all users of the file.</param>
/// <param name="OwnBytes">KV, compute buffers and adapter.</param>
public sealed record TrialMemory(long WeightBytes, long OwnBytes);

/// <summary>A file to try, in the way an expert will use it.</summary>
/// <param name="ChatTemplate">Replaces the file's own; null when the expert takes that.</param>
/// <param name="Adapter">A LoRA adapter to be tried on it; null without one.</param>
/// <param name="Context">Tokens of one conversation, for the memory; 0 is the trained length.</param>
/// <param name="MaxSequences">Conversations decoded together, for the memory.</param>
/// <param name="GpuLayers">Layers on the GPU, -1 is all.</param>
/// <param name="LatentTap">Whether hidden states can be read and changed, for the memory.</param>
/// <param name="Embeds">How it pools, where it is to embed; null where it is to answer.</param>
public readonly record struct TrialCandidate(
    string File, string? ChatTemplate = null, string? Adapter = null, int Context = 0, int MaxSequences = 8, int GpuLayers = 0,
    bool LatentTap = false, EmbeddingPooling? Embeds = null)
{
    /// <summary>Whether the path says it all.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsPlain => this == new TrialCandidate(File);
}

/// <summary>
/// The seam to a place where a model may crash: each file is loaded there once, given a context and made to decode one
/// token, or to embed one text, before the service opens it.
/// </summary>
public interface IModelTrial
{
    /// <summary>One verdict for each candidate, in order.</summary>
    Task<IReadOnlyList<TrialVerdict>> TryAsync(IReadOnlyList<TrialCandidate> candidates, CancellationToken cancellationToken);
}
