using Orchestrator.LlamaCpp.Latents;

namespace Orchestrator.Aggregator.MixtureOfThoughts.Attention;

/// <summary>Keeps what a peer thinks: the rows of its residual stream at some depths, of one sequence.</summary>
public sealed class StateRecorder : ILatentTap
{
    const int FirstTokens = 64;

    readonly int _width;
    readonly int[] _depths;
    readonly float[][] _rows;
    readonly int[] _tokens;

    /// <param name="width">Numbers of one row.</param>
    /// <param name="depths">Where to listen; may name one twice.</param>
    public StateRecorder(int width, IEnumerable<int> depths)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        _width = width;
        _depths = [.. depths.Distinct().Order()];
        _rows = [.. _depths.Select(_ => Array.Empty<float>())];
        _tokens = new int[_depths.Length];
    }

    public IReadOnlyList<int> Depths => _depths;

    /// <summary>Bytes that the recorded rows take, with what is kept free for the next ones.</summary>
    public long Bytes => _rows.Sum(rows => (long)rows.Length * sizeof(float));

    /// <exception cref="ArgumentException">
    /// The depth is not recorded, positions were skipped, or the numbers are no whole rows.
    /// </exception>
    public bool Visit(int depth, int position, Span<float> rows)
    {
        int at = Index(depth);
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        if (rows.Length % _width != 0)
            throw new ArgumentException($"{rows.Length} numbers are no rows of {_width}.", nameof(rows));
        if (position > _tokens[at])
        {
            throw new ArgumentException(
                $"Position {position} at depth {depth} follows {_tokens[at]} tokens; none may be skipped.", nameof(position));
        }

        int end = position + (rows.Length / _width);
        Grow(ref _rows[at], end);
        rows.CopyTo(_rows[at].AsSpan(position * _width));
        _tokens[at] = Math.Max(_tokens[at], end);
        return false;
    }

    /// <summary>The rows so far, in order of position. To be read when the sequence has ended.</summary>
    internal ReadOnlySpan<float> Rows(int depth)
    {
        int at = Index(depth);
        return _rows[at].AsSpan(0, _tokens[at] * _width);
    }

    int Index(int depth) => Array.IndexOf(_depths, depth) is >= 0 and var at
        ? at
        : throw new ArgumentOutOfRangeException(nameof(depth), depth, $"Only the depths {string.Join(", ", _depths)} are recorded.");

    void Grow(ref float[] rows, int tokens)
    {
        int capacity = rows.Length / _width;
        if (tokens > capacity)
            Array.Resize(ref rows, checked(Math.Max(Math.Max(tokens, 2 * capacity), FirstTokens) * _width));
    }
}
