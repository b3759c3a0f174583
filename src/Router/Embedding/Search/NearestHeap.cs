namespace Orchestrator.Router.Embedding.Search;

/// <summary>The best of many as they come: a heap with the worst kept one on top.</summary>
/// <param name="items">Room for those to keep; none may keep nothing.</param>
ref struct NearestHeap(Span<Neighbour> items)
{
    readonly Span<Neighbour> _items = items;

    public int Count { get; private set; }

    public readonly ReadOnlySpan<Neighbour> Items => _items[..Count];

    public void Offer(int row, float cosine)
    {
        var item = new Neighbour(row, cosine);
        if (Count < _items.Length)
        {
            _items[Count] = item;
            Rise(Count++);
        }
        else if (_items.Length > 0 && IsBetter(item, _items[0]))
        {
            _items[0] = item;
            Sink();
        }
    }

    /// <summary>Ends the heap: the best first.</summary>
    public readonly void Sort() => _items[..Count].Sort((left, right) => IsBetter(left, right) ? -1 : IsBetter(right, left) ? 1 : 0);

    static bool IsBetter(Neighbour left, Neighbour right) =>
        left.Cosine > right.Cosine || (left.Cosine == right.Cosine && left.Row < right.Row);

    readonly void Rise(int at)
    {
        for (int parent = (at - 1) / 2; at > 0 && IsBetter(_items[parent], _items[at]); at = parent, parent = (at - 1) / 2)
            (_items[parent], _items[at]) = (_items[at], _items[parent]);
    }

    readonly void Sink()
    {
        for (int at = 0; ;)
        {
            int worst = at, left = (2 * at) + 1;
            for (int child = left; child <= left + 1 && child < _items.Length; child++)
            {
                if (IsBetter(_items[worst], _items[child]))
                    worst = child;
            }
            if (worst == at)
                return;
            (_items[worst], _items[at]) = (_items[at], _items[worst]);
            at = worst;
        }
    }
}
