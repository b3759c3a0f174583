using System.ComponentModel.DataAnnotations;
using Orchestrator.Router.Embedding.Search;

namespace Orchestrator.Router.Embedding;

/// <summary>
/// The nearest of many unit vectors by cosine: exactly for few rows, and from a size on by searching only the cells of a
/// clustering nearest to the question, with all cosines that are returned exact. Rows are numbered as they are added and
/// keep their numbers. Searches may run at the same time; a change needs its owner to keep others out meanwhile.
/// </summary>
public sealed class VectorIndex
{
    /// <summary>A query is coded on the stack.</summary>
    const int MostDimensions = 1 << 14;

    readonly VectorIndexOptions _options;
    readonly VectorRows _rows;
    readonly CellIndex? _cells;

    VectorIndex(VectorRows rows, VectorIndexOptions options)
    {
        _options = options;
        _rows = rows;
        if (rows.Live >= options.ApproximateFrom)
            _cells = CellIndex.Build(rows, options);
    }

    public int Dimensions => _rows.Dimensions;

    /// <summary>Rows that can be found.</summary>
    public int Count => _rows.Live;

    /// <summary>The number that the next row gets: all rows ever added, removed ones included.</summary>
    public int NextRow => _rows.Count;

    /// <summary>Whether <see cref="Nearest"/> searches a part of the rows only.</summary>
    public bool IsApproximate => _cells is not null;

    /// <summary>
    /// Whether it has rows for cells without having any, or twice the rows that its cells are for: searches work, but grow
    /// with the rows.
    /// </summary>
    public bool IsOutgrown => Count >= (_cells is null ? _options.ApproximateFrom : 2L * _cells.BuiltFor);

    /// <summary>Of vectors and cells.</summary>
    public long Bytes => _rows.Bytes + (_cells?.Bytes ?? 0);

    /// <param name="dimensions">Of every vector.</param>
    /// <param name="vectors">Unit vectors, or zero ones; copied.</param>
    /// <exception cref="ArgumentException">A vector has other dimensions.</exception>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    public static VectorIndex Of(int dimensions, IEnumerable<float[]> vectors, VectorIndexOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, MostDimensions);
        ArgumentNullException.ThrowIfNull(vectors);
        options ??= VectorIndexOptions.Default;
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        var rows = new VectorRows(dimensions);
        foreach (float[] vector in vectors)
            rows.Add(vector);
        return new VectorIndex(rows, options);
    }

    /// <summary>
    /// The same rows with cells learned anew, for an index that <see cref="IsOutgrown"/>. Takes long for many rows, and
    /// this index can be searched meanwhile; the vectors are shared, so add to one of the two only from then on.
    /// </summary>
    public VectorIndex Rebuilt() => new(_rows.Share(), _options);

    /// <param name="vector">A unit vector, or a zero one; copied.</param>
    /// <returns>Its row.</returns>
    public int Add(ReadOnlySpan<float> vector)
    {
        int row = _rows.Add(vector);
        _cells?.Add(row, vector);
        return row;
    }

    /// <returns>Whether there was such a row.</returns>
    public bool Remove(int row)
    {
        if (!_rows.Remove(row))
            return false;
        _cells?.Remove(row);
        return true;
    }

    /// <param name="query">A unit vector.</param>
    /// <param name="count">Most neighbours wanted.</param>
    /// <returns>
    /// The highest cosine first, of equal ones the lower row; fewer than wanted only when there are no more rows.
    /// </returns>
    public Neighbour[] Nearest(ReadOnlySpan<float> query, int count)
    {
        if (_cells is null)
            return NearestExact(query, count);
        Check(query, count);
        return _cells.Nearest(query, Math.Min(count, Count), _options) ?? NearestExact(query, count);
    }

    /// <summary>The same from all rows, whatever their number.</summary>
    public Neighbour[] NearestExact(ReadOnlySpan<float> query, int count)
    {
        Check(query, count);
        var found = new Neighbour[Math.Min(count, Count)];
        var nearest = new NearestHeap(found);
        _rows.Search(query, ref nearest);
        nearest.Sort();
        return found;
    }

    /// <summary>The same from those rows alone that are allowed.</summary>
    public Neighbour[] NearestExact(ReadOnlySpan<float> query, int count, Func<int, bool> allowed)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        Check(query, count);
        var found = new Neighbour[Math.Min(count, Count)];
        var nearest = new NearestHeap(found);
        _rows.Search(query, allowed, ref nearest);
        nearest.Sort();
        return found[..nearest.Count];
    }

    void Check(ReadOnlySpan<float> query, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (query.Length != Dimensions)
            throw new ArgumentException($"The vector has {query.Length} dimensions, the index {Dimensions}.", nameof(query));
    }
}
