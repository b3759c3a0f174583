namespace Orchestrator.LlamaCpp.Models;

/// <summary>
/// What sequences that share the cells of one cache have to mind: llama.cpp takes all of the cells for the length of one
/// sequence. Ours is bounded apart from that, by <see cref="DecodeContext.ContextLength"/>.
/// </summary>
static class SharedCells
{
    const string LongFactors = "rope_factors_long.weight";

    /// <summary>
    /// A model of long and short rotary factors gets the long ones where that length is above what it was first trained for, and
    /// every state of short conversations would be another one.
    /// </summary>
    /// <exception cref="ModelLoadException">It is such a model.</exception>
    public static void Check(LoadedModel model, int sequences)
    {
        using var file = GgufInspection.Open(model.Path);
        if (file.Tensor(LongFactors) is not null)
        {
            throw new ModelLoadException(model.Path,
                $"'{model.Path}' has rotary factors for long texts ('{LongFactors}'), which llama.cpp chooses by the tokens of all " +
                $"sequences together where its states can be tapped: with latent_tap, max_sequences is {sequences} and must be 1.");
        }
    }

    /// <summary>Warns that this length is above the trained one, which no sequence ever is.</summary>
    public static bool IsIntended(string line) =>
        line.Contains("n_ctx_seq", StringComparison.Ordinal) && line.Contains("> n_ctx_train", StringComparison.Ordinal);
}
