using Orchestrator.Aggregator.MixtureOfThoughts.Attention;
using Orchestrator.Aggregator.MixtureOfThoughts.Layers;
using Orchestrator.Experts;
using Orchestrator.Experts.Panels;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Aggregator.MixtureOfThoughts;

/// <summary>What a peer thought of the question: its draft in words, and its hidden states over question and draft.</summary>
/// <param name="Memory">Null where it failed.</param>
/// <param name="Waited">Time until the peer was loaded and free.</param>
sealed record Thought(PanelAnswer Draft, PeerMemory? Memory, TimeSpan Waited)
{
    /// <summary>Once it ends the peer is no longer needed and may be evicted.</summary>
    /// <param name="call">What the primary will be asked.</param>
    public static async Task<Thought> AskAsync(
        MixtureLayers layers, string peer, Func<string, IExpert> find, ExpertCall call, CancellationToken cancellationToken)
    {
        StateRecorder states = PeerMemory.Recorder(layers, peer);
        GenerationRequest draft = call.Request with
        {
            MaxTokens = layers.Draft,
            Sampling = new SamplingChanges { Temperature = 0 },
            // What ends or shapes the answer is no rule for thoughts.
            Stop = [],
            Grammar = null,
            ScorePrompt = false,
            ScoreAnswer = false,
            Tap = states,
        };
        PanelCall asked = PanelCall.Ask(peer, find, call with { Request = draft }, cancellationToken);
        PanelAnswer said = await asked.Answer;
        return new Thought(said, said.Failure is null ? PeerMemory.Of(states) : null, asked.Trace.Waited);
    }
}
