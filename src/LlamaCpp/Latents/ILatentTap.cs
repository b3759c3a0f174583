namespace Orchestrator.LlamaCpp.Latents;

/// <summary>
/// One request's own rows of the residual stream while it is decoded. Called on the engine's loop thread, never twice at
/// once, and no more once the request's answer has ended; after a cancellation at most until the end of the step in progress.
/// </summary>
/// <remarks>
/// Every token that is decoded is visited once at each depth, in order of position; a step has one run of a request's tokens,
/// and visits it in order of depth. The last token of an answer is never decoded, so it is not visited either.
/// All requests of the engine wait for a visit. One that throws ends its own request alone, with nothing written.
/// </remarks>
public interface ILatentTap
{
    /// <summary>
    /// Where to look: 0 is a token's embedding before the first block, i the output of the i-th block. Ascending, each 0 to
    /// <see cref="BatchEngine.Blocks"/>; the last needs a row of logits for each token of the prompt, as
    /// <see cref="Generation.GenerationRequest.ScorePrompt"/> does. Read once, when the request is submitted.
    /// </summary>
    IReadOnlyList<int> Depths { get; }

    /// <param name="position">Of the first row: tokens of the request before it, prompt included.</param>
    /// <param name="rows">Tokens x <see cref="BatchEngine.Width"/>, in order of position; valid until the call returns.</param>
    /// <returns>Whether it changed them: then all are written back, and each value must be finite.</returns>
    bool Visit(int depth, int position, Span<float> rows);
}
