namespace Orchestrator.LlamaCpp.Batching;

/// <summary>Divides a decoding step: every sequence that writes gets its one token, the rest goes to prompts, oldest first.</summary>
static class StepPlan
{
    /// <param name="unread">Prompt tokens left per sequence, by age; 0 for those that write.</param>
    /// <param name="scored">Whether a prompt needs a row of logits for each of its tokens; others need one row a sequence.</param>
    /// <param name="granted">Tokens per sequence, in the same order.</param>
    public static void Share(ReadOnlySpan<int> unread, ReadOnlySpan<bool> scored, StepLimits limits, Span<int> granted)
    {
        var writing = unread.Count(0);
        var room = limits.BatchSize - writing;
        if (writing > 0)
            room = Math.Min(room, limits.PrefillChunk);
        var rows = limits.Outputs - scored.Count(false);
        for (var i = 0; i < unread.Length; i++)
        {
            granted[i] = unread[i] == 0 ? 1 : Math.Min(unread[i], scored[i] ? Math.Min(room, rows) : room);
            if (unread[i] > 0)
                room -= granted[i];
            if (scored[i])
                rows -= granted[i];
        }
    }
}

/// <summary>What one step may hold.</summary>
/// <param name="BatchSize">Most tokens; at least the number of sequences.</param>
/// <param name="Outputs">Most rows of logits; at least the number of sequences.</param>
/// <param name="PrefillChunk">Most prompt tokens while any sequence writes.</param>
readonly record struct StepLimits(int BatchSize, int Outputs, int PrefillChunk);
