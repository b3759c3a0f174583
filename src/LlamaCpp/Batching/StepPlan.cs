namespace Orchestrator.LlamaCpp.Batching;

/// <summary>Divides a decoding step: every sequence that writes gets its one token, the rest goes to prompts, oldest first.</summary>
static class StepPlan
{
    /// <param name="unread">Prompt tokens left per sequence, by age; 0 for those that write.</param>
    /// <param name="batchSize">Most tokens of the step; at least the number of sequences.</param>
    /// <param name="prefillChunk">Most prompt tokens while any sequence writes.</param>
    /// <param name="granted">Tokens per sequence, in the same order.</param>
    public static void Share(ReadOnlySpan<int> unread, int batchSize, int prefillChunk, Span<int> granted)
    {
        var writing = unread.Count(0);
        var room = batchSize - writing;
        if (writing > 0)
            room = Math.Min(room, prefillChunk);
        for (var i = 0; i < unread.Length; i++)
        {
            granted[i] = unread[i] == 0 ? 1 : Math.Min(unread[i], room);
            if (unread[i] > 0)
                room -= granted[i];
        }
    }
}
