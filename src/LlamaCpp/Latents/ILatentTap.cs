namespace Orchestrator.LlamaCpp.Latents;

/// <summary>One request's own rows of the residual stream while it is decoded. Called on the engine's loop thread, never twice at once.</summary>
public interface ILatentTap
{
    /// <summary>Ascending, each 0..blocks of the model; depth = blocks needs a row of logits for each token of the prompt.</summary>
    IReadOnlyList<int> Depths { get; }

    /// <summary>position: of the first row; rows: tokens x width, in order of position; returns whether it changed them.</summary>
    bool Visit(int depth, int position, Span<float> rows);
}
