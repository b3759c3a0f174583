using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Jobs.Running;

/// <summary>One question of a job.</summary>
public sealed record JobItem
{
    /// <summary>What the caller calls it; unique within its job.</summary>
    public required string Key { get; init; }

    /// <summary>A policy or an expert id.</summary>
    public required string Model { get; init; }

    public required GenerationRequest Request { get; init; }

    /// <summary>What the question needs, as the caller says; empty leaves it to the tagger or to similar questions.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>
    /// How often each member of the panel is asked (≥ 1). A named expert's samples are merged by vote, which is
    /// self-consistency. At temperature 0 all of them are the same answer, so it is asked once.
    /// </summary>
    public int Samples { get; init; } = 1;

    /// <summary>Whether low-precision variants may answer under memory pressure.</summary>
    public bool AllowVariant { get; init; } = true;

    /// <summary>What is routed: the last user message, or the last message when no user speaks.</summary>
    public string Question =>
        (Request.Messages.LastOrDefault(turn => turn.Role == "user") ?? Request.Messages[^1]).Content;
}
