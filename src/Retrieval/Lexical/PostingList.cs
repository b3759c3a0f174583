namespace Orchestrator.Retrieval.Lexical;

/// <summary>The rows that have a term, in ascending order, and how often each has it.</summary>
sealed class PostingList
{
    /// <summary>Of one posting, with the room that a growing list has ahead.</summary>
    public const int BytesEach = 12;

    public const int BytesItself = 64;

    readonly List<(int Row, int Frequency)> _items = new(1);

    /// <summary>Of rows that were not removed: the term's document frequency.</summary>
    public int Live { get; set; }

    public ReadOnlySpan<(int Row, int Frequency)> Items => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_items);

    public void Add(int row, int frequency)
    {
        _items.Add((row, frequency));
        Live++;
    }

    public void Keep(Predicate<int> isLive)
    {
        if (_items.RemoveAll(item => !isLive(item.Row)) > 0)
            _items.TrimExcess();
    }
}
