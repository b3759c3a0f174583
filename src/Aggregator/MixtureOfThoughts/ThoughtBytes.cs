using System.Text;
using Orchestrator.Aggregator.MixtureOfThoughts.Attention;
using Orchestrator.Aggregator.MixtureOfThoughts.Layers;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Aggregator.MixtureOfThoughts;

/// <summary>What one request's thoughts take of <see cref="ThoughtBudget"/>.</summary>
static class ThoughtBytes
{
    /// <summary>What a chat template puts around a turn.</summary>
    const int TemplateTokens = 32;

    /// <summary>At most, before anybody has thought: what is recorded of the peers, and the buffers of who hears them.</summary>
    public static long Most(MixtureLayers layers, string primary, IReadOnlyList<string> peers, GenerationRequest request)
    {
        int tokens = MostTokens(layers, request);
        return peers.Sum(peer => PeerMemory.MostBytes(layers, peer, tokens)) + MixtureTap.BytesOf(layers, primary, (long)peers.Count * tokens);
    }

    /// <summary>From the drafts to the last word of the answer.</summary>
    public static long Kept(MixtureLayers layers, string primary, IReadOnlyList<PeerMemory> heard) =>
        heard.Sum(memory => memory.Bytes) + MixtureTap.BytesOf(layers, primary, heard.Sum(memory => memory.Tokens));

    /// <summary>Tokens of question and draft at most, before anybody has counted them: no token is less than a byte.</summary>
    static int MostTokens(MixtureLayers layers, GenerationRequest request) =>
        layers.Draft + request.Messages.Sum(turn => Encoding.UTF8.GetByteCount(turn.Content) + TemplateTokens);
}
