using System.Numerics.Tensors;

namespace Orchestrator.LlamaCpp.Latents;

/// <summary>A request's tap with its depths checked, and how far it has come in the step that is computed.</summary>
sealed class SequenceTap
{
    readonly ILatentTap _tap;
    readonly int[] _depths;
    int _visited;

    SequenceTap(ILatentTap tap, int[] depths, int blocks)
    {
        _tap = tap;
        _depths = depths;
        NeedsOutputs = depths.Contains(blocks);
    }

    public ReadOnlySpan<int> Depths => _depths;

    /// <summary>Whether it looks at the last depth, where only outputs have rows: then all of its tokens must be outputs.</summary>
    public bool NeedsOutputs { get; }

    /// <summary>Its tokens of this step.</summary>
    public TapRows Rows { get; private set; }

    /// <summary>What its request has to end with; nothing is visited after it.</summary>
    public GenerationException? Failure { get; private set; }

    /// <summary>Null without a tap.</summary>
    /// <param name="allowed">Whether the context was made for taps.</param>
    /// <exception cref="GenerationException">The context has no place for it, or a depth is not allowed.</exception>
    public static SequenceTap? For(ILatentTap? tap, int blocks, bool allowed)
    {
        if (tap is null)
            return null;
        if (!allowed)
        {
            throw new GenerationException(GenerationFailure.NotTapped,
                $"The request has a {nameof(Generation.GenerationRequest.Tap)}, and this engine was loaded without " +
                $"{nameof(BatchEngineOptions)}.{nameof(BatchEngineOptions.LatentTap)}: load it with that option.");
        }
        int[] depths = [.. tap.Depths];
        for (var i = 0; i < depths.Length; i++)
        {
            if (depths[i] < 0 || depths[i] > blocks)
                throw Invalid($"The tap wants depth {depths[i]}; this model has the depths 0 to {blocks}.");
            if (i > 0 && depths[i] <= depths[i - 1])
                throw Invalid($"The tap wants depth {depths[i]} after {depths[i - 1]}; depths must ascend, each once.");
        }
        return new SequenceTap(tap, depths, blocks);
    }

    public void Begin(TapRows rows)
    {
        Rows = rows;
        _visited = 0;
    }

    /// <summary>Whether this depth is the next that it wants to see in this step.</summary>
    public bool Awaits(int depth) => Failure is null && _visited < _depths.Length && _depths[_visited] == depth;

    /// <summary>False when nothing is to be written: it changed nothing, or what it wrote cannot be used.</summary>
    public bool Visit(int depth, Span<float> rows)
    {
        _visited++;
        bool changed;
        try
        {
            changed = _tap.Visit(depth, Rows.Position, rows);
        }
        catch (Exception exception)
        {
            Failure = Failed($"The request's tap failed at depth {depth}, position {Rows.Position}: {exception.Message}", exception);
            return false;
        }
        // The cache is shared: what is not a number in one sequence's cells would reach all others, masked or not.
        if (changed && !float.IsFinite(TensorPrimitives.MaxMagnitude<float>(rows)))
        {
            Failure = new GenerationException(GenerationFailure.BadLogits,
                $"The request's tap wrote values that are not finite at depth {depth}, from position {Rows.Position}.");
        }
        return changed && Failure is null;
    }

    /// <summary>A step cannot show it its rows.</summary>
    public void Fail(string reason, Exception? inner = null) => Failure ??= Failed($"The request's tap cannot be used: {reason}", inner);

    /// <summary>After a step that was computed: all depths must have been there.</summary>
    public void End()
    {
        if (_visited < _depths.Length)
            Fail($"the model's graph has no node '{LatentDepth.Node(_depths[_visited])}' for depth {_depths[_visited]}.");
    }

    static GenerationException Failed(string message, Exception? inner) => new(GenerationFailure.TapFailed, message, inner);

    static GenerationException Invalid(string message) => new(GenerationFailure.InvalidRequest, message);
}
