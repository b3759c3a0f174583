using System.Diagnostics.CodeAnalysis;
using Orchestrator.Retrieval.Collections.Documents;
using Orchestrator.Retrieval.Collections.Filters;
using Orchestrator.Retrieval.Lexical;
using Orchestrator.Router.Embedding;

namespace Orchestrator.Retrieval.Collections.Embedded;

/// <summary>
/// What a collection is searched by, in memory: vectors, words and metadata under the same row numbers. Searches run at the same
/// time; a change keeps them out for as long as it takes, which is microseconds a document.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Its lock may be held when it is let go.")]
sealed class CollectionIndex
{
    /// <summary>Of a document in the tables here, without its id and metadata.</summary>
    const int BytesOfEntry = 120;

    /// <summary>Neighbours fetched for each wanted one where a filter takes some away.</summary>
    const int OverFetch = 8;

    const int FewestDead = 1024;

    /// <summary>Left to the garbage collector: a search may still hold that of an index which was replaced.</summary>
    readonly ReaderWriterLockSlim _lock = new();
    readonly Bm25Index _words = new();
    readonly List<Entry?> _rows = [];
    readonly Dictionary<string, int> _byId = new(StringComparer.Ordinal);
    readonly VectorIndex _vectors;
    long _entryBytes;

    CollectionIndex(int dimensions, IEnumerable<Document> documents, VectorIndexOptions options)
    {
        _vectors = VectorIndex.Of(dimensions, documents.Select(document =>
        {
            AddEntry(document);
            return document.Vector!;
        }), options);
    }

    public long Bytes => Reading(() => _vectors.Bytes + _words.Bytes + _entryBytes + (_rows.Count * sizeof(long)));

    public bool IsApproximate => _vectors.IsApproximate;

    /// <summary>Whether it would be smaller or faster if it were made anew.</summary>
    public bool IsStale => _vectors.IsOutgrown || _rows.Count - _byId.Count > Math.Max(FewestDead, _byId.Count);

    public static CollectionIndex Of(int dimensions, IEnumerable<Document> documents, VectorIndexOptions options) =>
        new(dimensions, documents, options);

    public void Upsert(IReadOnlyList<Document> documents) => Writing(() =>
    {
        foreach (Document document in documents)
        {
            RemoveEntry(document.Id);
            AddEntry(document);
            _vectors.Add(document.Vector!);
        }
    });

    public void Remove(IReadOnlyList<string> ids) => Writing(() =>
    {
        foreach (string id in ids)
            RemoveEntry(id);
    });

    /// <param name="query">A unit vector.</param>
    public Found[] Nearest(float[] query, int count, Filter? filter) => Reading(() =>
        (filter is null ? _vectors.Nearest(query, count) : NearestAllowed(query, count, filter))
            .Select(neighbour => new Found(_rows[neighbour.Row]!.Id, neighbour.Cosine)).ToArray());

    public Found[] Best(string text, int count, Filter? filter) => Reading(() =>
        _words.Search(text, count, filter is null ? null : row => Allows(filter, row))
            .Select(hit => new Found(_rows[hit.Row]!.Id, hit.Score)).ToArray());

    public long Count(Filter filter) => Reading(() => _byId.Values.LongCount(row => Allows(filter, row)));

    /// <summary>Enough of the neighbours may pass; otherwise those that pass are few, or far, and are searched exactly.</summary>
    Neighbour[] NearestAllowed(float[] query, int count, Filter filter)
    {
        if (_vectors.IsApproximate)
        {
            Neighbour[] near = [.. _vectors.Nearest(query, count * OverFetch).Where(neighbour => Allows(filter, neighbour.Row)).Take(count)];
            if (near.Length == count)
                return near;
        }
        return _vectors.NearestExact(query, count, row => Allows(filter, row));
    }

    bool Allows(Filter filter, int row) => _rows[row] is { } entry && filter.Allows(entry.Metadata);

    void AddEntry(Document document)
    {
        var entry = new Entry(document.Id, document.Metadata);
        _byId.Add(document.Id, _words.Add(document.Text));
        _rows.Add(entry);
        _entryBytes += entry.Bytes;
    }

    void RemoveEntry(string id)
    {
        if (!_byId.Remove(id, out int row))
            return;
        _words.Remove(row);
        _vectors.Remove(row);
        _entryBytes -= _rows[row]!.Bytes;
        _rows[row] = null;
    }

    T Reading<T>(Func<T> read)
    {
        _lock.EnterReadLock();
        try
        {
            return read();
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    void Writing(Action write)
    {
        _lock.EnterWriteLock();
        try
        {
            write();
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    sealed record Entry(string Id, IReadOnlyDictionary<string, FieldValue> Metadata)
    {
        public long Bytes => BytesOfEntry + (sizeof(char) * Id.Length)
            + Metadata.Sum(pair => 64L + (sizeof(char) * pair.Key.Length) + pair.Value.Bytes);
    }
}
