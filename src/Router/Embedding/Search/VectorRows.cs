using System.Numerics.Tensors;

namespace Orchestrator.Router.Embedding.Search;

/// <summary>Vectors in blocks, so that one more never moves those that are there.</summary>
sealed class VectorRows
{
    const int RowsPerBlock = 1024;

    readonly List<float[]> _blocks = [];
    readonly List<bool> _removed = [];

    public VectorRows(int dimensions) => Dimensions = dimensions;

    VectorRows(VectorRows other)
        : this(other.Dimensions)
    {
        _blocks.AddRange(other._blocks);
        _removed.AddRange(other._removed);
        Live = other.Live;
    }

    public int Dimensions { get; }

    /// <summary>Removed ones included.</summary>
    public int Count => _removed.Count;

    public int Live { get; private set; }

    public long Bytes => ((long)_blocks.Count * RowsPerBlock * Dimensions * sizeof(float)) + _removed.Capacity;

    public ReadOnlySpan<float> this[int row] =>
        _blocks[row / RowsPerBlock].AsSpan(row % RowsPerBlock * Dimensions, Dimensions);

    /// <summary>The same vectors in the same memory.</summary>
    public VectorRows Share() => new(this);

    public bool IsLive(int row) => !_removed[row];

    public int Add(ReadOnlySpan<float> vector)
    {
        if (vector.Length != Dimensions)
            throw new ArgumentException($"The vector has {vector.Length} dimensions, the index {Dimensions}.", nameof(vector));
        int row = _removed.Count, place = row % RowsPerBlock;
        if (row / RowsPerBlock == _blocks.Count)
            _blocks.Add(new float[RowsPerBlock * Dimensions]);
        vector.CopyTo(_blocks[^1].AsSpan(place * Dimensions));
        _removed.Add(false);
        Live++;
        return row;
    }

    public bool Remove(int row)
    {
        if (row < 0 || row >= Count || _removed[row])
            return false;
        _removed[row] = true;
        Live--;
        return true;
    }

    public void Search(ReadOnlySpan<float> query, ref NearestHeap nearest)
    {
        for (int row = 0; row < Count; row++)
        {
            if (!_removed[row])
                nearest.Offer(row, TensorPrimitives.Dot(query, this[row]));
        }
    }

    public void Search(ReadOnlySpan<float> query, Func<int, bool> allowed, ref NearestHeap nearest)
    {
        for (int row = 0; row < Count; row++)
        {
            if (!_removed[row] && allowed(row))
                nearest.Offer(row, TensorPrimitives.Dot(query, this[row]));
        }
    }
}
