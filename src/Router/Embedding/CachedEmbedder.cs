namespace Orchestrator.Router.Embedding;

/// <summary>
/// Remembers the vectors of the texts used last. Of a batch, only texts that are not remembered are asked for, each once and all in
/// one call. Safe for concurrent use; texts asked for at the same time by two callers are embedded twice rather than waited for.
/// </summary>
/// <param name="inner">Asked for what is not remembered.</param>
/// <param name="capacity">Most texts remembered; long texts are kept whole.</param>
public sealed class CachedEmbedder(IEmbedder inner, int capacity = 4096) : IEmbedder
{
    readonly int _capacity = capacity > 0
        ? capacity
        : throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "A cache holds at least 1 text.");

    readonly Lock _lock = new();
    readonly Dictionary<string, LinkedListNode<Entry>> _entries = new(StringComparer.Ordinal);

    /// <summary>The text used last is first.</summary>
    readonly LinkedList<Entry> _order = new();

    public string Id => inner.Id;

    public int Dimensions => inner.Dimensions;

    /// <summary>Texts remembered now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _entries.Count;
        }
    }

    /// <returns>Vectors that others may hold as well: not to be changed.</returns>
    public ValueTask<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var vectors = new float[texts.Count][];
        var missing = new Dictionary<string, int>(StringComparer.Ordinal);
        lock (_lock)
        {
            for (int text = 0; text < vectors.Length; text++)
            {
                if (Find(texts[text]) is { } known)
                    vectors[text] = known;
                else
                    missing.TryAdd(texts[text], missing.Count);
            }
        }
        return missing.Count == 0
            ? ValueTask.FromResult<IReadOnlyList<float[]>>(vectors)
            : AskAsync(texts, vectors, missing, cancellationToken);
    }

    async ValueTask<IReadOnlyList<float[]>> AskAsync(
        IReadOnlyList<string> texts, float[][] vectors, Dictionary<string, int> missing, CancellationToken cancellationToken)
    {
        string[] asked = new string[missing.Count];
        foreach ((string text, int at) in missing)
            asked[at] = text;
        IReadOnlyList<float[]> answers = await inner.EmbedAsync(asked, cancellationToken);
        if (answers.Count != asked.Length)
            throw new InvalidOperationException($"'{inner.Id}' gave {answers.Count} vectors for {asked.Length} texts.");
        for (int text = 0; text < vectors.Length; text++)
            vectors[text] ??= answers[missing[texts[text]]];
        lock (_lock)
        {
            for (int at = 0; at < asked.Length; at++)
                Remember(asked[at], answers[at]);
        }
        return vectors;
    }

    float[]? Find(string text)
    {
        if (!_entries.TryGetValue(text, out LinkedListNode<Entry>? node))
            return null;
        _order.Remove(node);
        _order.AddFirst(node);
        return node.Value.Vector;
    }

    void Remember(string text, float[] vector)
    {
        if (Find(text) is not null)
            return;
        if (_entries.Count == _capacity)
        {
            _entries.Remove(_order.Last!.Value.Text);
            _order.RemoveLast();
        }
        _entries.Add(text, _order.AddFirst(new Entry(text, vector)));
    }

    readonly record struct Entry(string Text, float[] Vector);
}
