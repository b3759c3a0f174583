using System.Runtime.InteropServices;

namespace Orchestrator.Retrieval.Lexical;

/// <summary>A row of a <see cref="Bm25Index"/> and its score: above 0, and comparable within one search only.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LexicalHit(int Row, double Score)
{
    internal static LexicalHit[] Best(Dictionary<int, double> scores, int count)
    {
        if (count == 0)
            return [];
        // The worst of those kept is on top.
        var kept = new PriorityQueue<int, (double Score, int Row)>();
        foreach ((int row, double score) in scores)
        {
            if (kept.Count < count)
                kept.Enqueue(row, (score, -row));
            else
                kept.EnqueueDequeue(row, (score, -row));
        }
        var hits = new LexicalHit[kept.Count];
        for (int at = hits.Length - 1; kept.TryDequeue(out int row, out var priority); at--)
            hits[at] = new LexicalHit(row, priority.Score);
        return hits;
    }
}
