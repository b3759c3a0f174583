using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Orchestrator.LlamaCpp.Models;
using Orchestrator.LlamaCpp.Native;

namespace Orchestrator.LlamaCpp.Latents;

/// <summary>
/// The eval callback of one context: stops the graph behind the nodes that a tap of this step wants, and shows each tap its
/// own rows. A step without taps stops nowhere. Used by the decoding thread alone.
/// </summary>
sealed unsafe class LatentWatch : IDisposable
{
    readonly int _width;
    readonly Pulse _pulse;
    readonly bool[] _wanted;
    readonly GCHandle _self;
    IReadOnlyList<SequenceTap> _taps = [];
    int _tokens;
    int _outputs;
    float[] _rows = [];

    /// <param name="width">Values of a row.</param>
    /// <param name="pulse">Beats after every visit: a slow tap is no hang.</param>
    public LatentWatch(int width, int blocks, Pulse pulse)
    {
        _width = width;
        _pulse = pulse;
        _wanted = new bool[blocks + 1];
        _self = GCHandle.Alloc(this);
    }

    /// <summary>Bytes of the rows of one step.</summary>
    public long MostBytes(int batchSize) => (long)batchSize * _width * sizeof(float);

    public static delegate* unmanaged[Cdecl]<GraphTensor*, byte, nint, byte> Callback => &OnNode;

    /// <summary>What the callback gets; valid until this is disposed, so after its context.</summary>
    public nint Address => GCHandle.ToIntPtr(_self);

    /// <param name="taps">Those that have rows in the step.</param>
    /// <param name="tokens">Of the whole batch.</param>
    /// <param name="outputs">Tokens of the batch whose logits are computed.</param>
    public void Begin(IReadOnlyList<SequenceTap> taps, int tokens, int outputs)
    {
        _taps = taps;
        _tokens = tokens;
        _outputs = outputs;
        for (var i = 0; i < taps.Count; i++)
        {
            foreach (var depth in taps[i].Depths)
                _wanted[depth] = true;
        }
    }

    /// <param name="computed">Whether the whole graph was.</param>
    public void End(bool computed)
    {
        for (var i = 0; computed && i < _taps.Count; i++)
            _taps[i].End();
        _taps = [];
        Array.Clear(_wanted);
    }

    public void Dispose() => _self.Free();

    /// <summary>Asked before a node is computed (<paramref name="ask"/>) whether to stop behind it, and called again when it is.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static byte OnNode(GraphTensor* node, byte ask, nint state)
    {
        var watch = (LatentWatch)GCHandle.FromIntPtr(state).Target!;
        if (watch._taps.Count == 0 || LatentDepth.Of(node->Name) is not { } depth || !watch.Wants(depth))
            return 0;
        if (ask == 0)
            watch.Show(node, depth);
        // Anything else ends the graph with logits of an earlier step, and llama.cpp calls that a success.
        return 1;
    }

    bool Wants(int depth) => depth < _wanted.Length && _wanted[depth];

    void Show(GraphTensor* node, int depth)
    {
        // An exception that leaves here ends the process.
        try
        {
            var last = depth == _wanted.Length - 1;
            var misfit = node->Misfit(_width, last ? _outputs : _tokens);
            for (var i = 0; i < _taps.Count; i++)
            {
                if (!_taps[i].Awaits(depth))
                    continue;
                if (misfit is null)
                    Show(node, depth, last ? _taps[i].Rows.FirstOutput : _taps[i].Rows.FirstToken, _taps[i]);
                else
                    _taps[i].Fail($"the node '{LatentDepth.Node(depth)}' {misfit}.");
            }
        }
        catch (Exception exception)
        {
            for (var i = 0; i < _taps.Count; i++)
                _taps[i].Fail(exception.Message, exception);
        }
    }

    /// <summary>One transfer there, and one back if the tap changed them.</summary>
    void Show(GraphTensor* node, int depth, int first, SequenceTap tap)
    {
        var count = tap.Rows.Count * _width;
        if (_rows.Length < count)
            _rows = GC.AllocateUninitializedArray<float>(count);
        var rows = _rows.AsSpan(0, count);
        var offset = (nuint)first * (nuint)_width * sizeof(float);
        // The tensor may lie in the memory of a device.
        fixed (float* start = rows)
            GgmlApi.TensorGet(node, start, offset, (nuint)count * sizeof(float));
        var changed = tap.Visit(depth, rows);
        _pulse.Beat();
        if (!changed)
            return;
        fixed (float* start = rows)
            GgmlApi.TensorSet(node, start, offset, (nuint)count * sizeof(float));
    }
}
