namespace Orchestrator.Router.Feedback;

/// <summary>The verdicts that count, oldest first: one for each request and client, and so many in all. Not thread safe.</summary>
/// <param name="most">Beyond it the oldest of the client that has most goes, so that nobody can crowd out the others.</param>
public sealed class FeedbackLedger(int most)
{
    readonly Dictionary<(string Request, string Client), LinkedListNode<FeedbackRow>> _byId = [];
    readonly LinkedList<FeedbackRow> _rows = [];
    readonly Dictionary<string, int> _ofClient = new(StringComparer.Ordinal);

    public IReadOnlyCollection<FeedbackRow> Rows => _rows;

    /// <returns>Whether the verdict took the place of an earlier one.</returns>
    public bool Put(FeedbackRow row)
    {
        bool replaced = _byId.TryGetValue((row.Request, row.Client), out var earlier);
        if (replaced)
            Remove(earlier!);
        _byId.Add((row.Request, row.Client), _rows.AddLast(row));
        _ofClient[row.Client] = _ofClient.GetValueOrDefault(row.Client) + 1;
        if (_rows.Count > most)
            Remove(OldestOfTheLoudest());
        return replaced;
    }

    LinkedListNode<FeedbackRow> OldestOfTheLoudest()
    {
        int loudest = _ofClient.Values.Max();
        LinkedListNode<FeedbackRow> node = _rows.First!;
        while (_ofClient[node.Value.Client] < loudest)
            node = node.Next!;
        return node;
    }

    void Remove(LinkedListNode<FeedbackRow> node)
    {
        FeedbackRow row = node.Value;
        _rows.Remove(node);
        _byId.Remove((row.Request, row.Client));
        if (--_ofClient[row.Client] == 0)
            _ofClient.Remove(row.Client);
    }
}
