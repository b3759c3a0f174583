using Orchestrator.LlamaCpp.Latents;

namespace Orchestrator.LlamaCpp.Tests.Latents;

delegate bool ChangeRows(int depth, int position, Span<float> rows);

/// <summary>Keeps every row as it came, and then lets a test change it.</summary>
sealed class RecordingTap(params int[] depths) : ILatentTap
{
    readonly Dictionary<(int Depth, int Position), float[]> _rows = [];
    readonly List<Visit> _visits = [];

    public IReadOnlyList<int> Depths => depths;

    /// <summary>What it does with the rows of a visit; null leaves them.</summary>
    public ChangeRows? Change { get; init; }

    /// <summary>Values of a row.</summary>
    public required int Width { get; init; }

    public IReadOnlyList<Visit> Visits => _visits;

    /// <summary>How many positions were seen at the depth.</summary>
    public int Count(int depth) => _rows.Keys.Count(key => key.Depth == depth);

    public float[] Row(int depth, int position) => _rows[(depth, position)];

    bool ILatentTap.Visit(int depth, int position, Span<float> rows)
    {
        _visits.Add(new Visit(depth, position, rows.Length / Width));
        // Add refuses what was seen before.
        for (var i = 0; i < rows.Length / Width; i++)
            _rows.Add((depth, position + i), rows.Slice(i * Width, Width).ToArray());
        return Change?.Invoke(depth, position, rows) ?? false;
    }
}

readonly record struct Visit(int Depth, int Position, int Rows);
