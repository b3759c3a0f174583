using System.Buffers.Text;

namespace Orchestrator.LlamaCpp.Latents;

/// <summary>Which node of llama.cpp's graph holds which depth of the residual stream.</summary>
static class LatentDepth
{
    /// <summary>
    /// <c>embd</c> is depth 0, <c>l_out-i</c> depth i + 1; null for every other node, so also for copies and views of those,
    /// whose names go on.
    /// </summary>
    public static int? Of(ReadOnlySpan<byte> node)
    {
        if (node.SequenceEqual("embd"u8))
            return 0;
        if (!node.StartsWith("l_out-"u8))
            return null;
        var digits = node["l_out-"u8.Length..];
        return Utf8Parser.TryParse(digits, out uint block, out var read) && read == digits.Length && block < int.MaxValue
            ? (int)block + 1
            : null;
    }

    public static string Node(int depth) => depth == 0 ? "embd" : $"l_out-{depth - 1}";
}
