using System.Buffers;
using System.Numerics.Tensors;

namespace Orchestrator.Router.Embedding.Search;

/// <summary>
/// An inverted file: rows in the cells of their nearest centres, as bytes. A search reads the nearest cells and computes the cosines of the
/// best candidates from the vectors themselves.
/// </summary>
sealed class CellIndex
{
    readonly VectorRows _rows;
    readonly CodedRows _centres;
    readonly CodedRows[] _cells;

    /// <summary>Of every row, removed ones included.</summary>
    readonly List<int> _cellOf;

    CellIndex(VectorRows rows, CodedRows centres, CodedRows[] cells, List<int> cellOf)
    {
        (_rows, _centres, _cells, _cellOf) = (rows, centres, cells, cellOf);
        BuiltFor = rows.Live;
    }

    public int BuiltFor { get; }

    public long Bytes => _centres.Bytes + _cells.Sum(cell => cell.Bytes) + (4L * _cellOf.Capacity);

    public static CellIndex Build(VectorRows rows, VectorIndexOptions options)
    {
        int[] live = [.. Enumerable.Range(0, rows.Count).Where(rows.IsLive)];
        int count = Math.Clamp((int)(options.CellsPerRoot * Math.Sqrt(live.Length)), 1, live.Length);
        CodedRows centres = SphericalMeans.Fit(rows, Sample(live, (long)count * options.SampleRows, options.Seed), count, options);
        var cellOf = new List<int>(rows.Count);
        var sizes = new int[count];
        for (int row = 0; row < rows.Count; row++)
        {
            int cell = rows.IsLive(row) ? SphericalMeans.NearestOf(centres, rows[row]) : -1;
            cellOf.Add(cell);
            if (cell >= 0)
                sizes[cell]++;
        }
        CodedRows[] cells = [.. sizes.Select(size => new CodedRows(rows.Dimensions, size))];
        foreach (int row in live)
            cells[cellOf[row]].Add(row, rows[row]);
        return new CellIndex(rows, centres, cells, cellOf);
    }

    public void Add(int row, ReadOnlySpan<float> vector)
    {
        int cell = SphericalMeans.NearestOf(_centres, vector);
        _cellOf.Add(cell);
        _cells[cell].Add(row, vector);
    }

    public void Remove(int row) => _cells[_cellOf[row]].Remove(row);

    /// <param name="count">At most as many as there are rows.</param>
    /// <returns>Null when the nearest cells hold fewer.</returns>
    public Neighbour[]? Nearest(ReadOnlySpan<float> query, int count, VectorIndexOptions options)
    {
        int stride = CodeDot.StrideOf(query.Length);
        CodedQuery coded = CodedQuery.Of(query, stackalloc sbyte[stride], stackalloc short[stride]);
        int candidates = (int)Math.Min((long)count * options.Rerank, _rows.Live);
        Neighbour[] room = ArrayPool<Neighbour>.Shared.Rent(candidates + options.Probes);
        try
        {
            var cells = new NearestHeap(room.AsSpan(candidates, options.Probes));
            _centres.Search(coded, ref cells);
            var nearest = new NearestHeap(room.AsSpan(0, candidates));
            foreach (Neighbour cell in cells.Items)
                _cells[cell.Row].Search(coded, ref nearest);
            return nearest.Count < count ? null : Exact(query, nearest.Items, count);
        }
        finally
        {
            ArrayPool<Neighbour>.Shared.Return(room);
        }
    }

    Neighbour[] Exact(ReadOnlySpan<float> query, ReadOnlySpan<Neighbour> candidates, int count)
    {
        var found = new Neighbour[count];
        var nearest = new NearestHeap(found);
        foreach (Neighbour candidate in candidates)
            nearest.Offer(candidate.Row, TensorPrimitives.Dot(query, _rows[candidate.Row]));
        nearest.Sort();
        return found;
    }

    static int[] Sample(int[] live, long most, int seed)
    {
        if (live.Length <= most)
            return [.. live];
        int[] sample = [.. live];
        new Random(seed).Shuffle(sample);
        return sample[..(int)most];
    }
}
