using Orchestrator.Aggregator.MixtureOfThoughts.Attention;
using Orchestrator.Aggregator.Synthesis;
using Orchestrator.Experts;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Aggregator.MixtureOfThoughts;

/// <summary>
/// The panel's first speaks and attends meanwhile to what the others think: their hidden states over the question and a short
/// draft of their own. It asks the panel itself, since words are not what it merges.
/// </summary>
sealed class MixtureAggregator(AggregatorParts parts) : IAggregator
{
    public const string Named = "mixture-of-thoughts";

    public string Name => Named;

    public async Task<MergedAnswer> MergeAsync(PanelAnswers panel, CancellationToken cancellationToken)
    {
        Mixture mixture = parts.Mixture ?? throw new InvalidOperationException("The service has no layers to mix thoughts with.");
        string primary = panel.Answers[0].Answer.Expert;
        string[] peers = [.. panel.Answers.Skip(1).Select(member => member.Answer.Expert)];
        // Neither side may be a twin in fewer bits: its thoughts are not those that the layers were trained with.
        var call = new ExpertCall { Request = panel.Request, Class = panel.Class, AllowVariant = false };
        long most = peers.Length * PeerMemory.BytesOf(mixture.Layers, Thought.MostTokens(mixture.Layers, panel.Request));
        if (most > mixture.Memory.Bytes)
            return await SpeakAsync(primary, call, null, [], [TooLong(most, mixture.Memory.Bytes)], null, cancellationToken);
        ThoughtLease lease = await mixture.Memory.TakeAsync(most, cancellationToken);
        try
        {
            Thought[] thoughts = await Task.WhenAll(
                peers.Select(peer => Thought.AskAsync(mixture.Layers, peer, parts.Find, call, cancellationToken)));
            Thought[] clear = [.. thoughts.Where(thought => thought.Memory is not null)];
            lease.Shrink(clear.Sum(thought => thought.Memory!.Bytes));
            IReadOnlyList<double> weights = mixture.Router.Weigh(
                SynthesisPrompt.Question(panel.Request.Messages), [.. clear.Select(thought => thought.Draft.Expert)]);
            MixtureTap? tap = clear.Length == 0
                ? null
                : new MixtureTap(mixture.Layers, primary, new LatentMemory([.. clear.Zip(weights, (thought, weight) => (thought.Memory!, weight))]));
            return await SpeakAsync(primary, call, tap, thoughts, [.. thoughts.Select(thought => Told(primary, thought))], lease, cancellationToken);
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    /// <param name="tap">Null lets the primary speak by itself.</param>
    async Task<MergedAnswer> SpeakAsync(
        string primary, ExpertCall call, MixtureTap? tap, Thought[] thoughts, List<string> reasons, ThoughtLease? lease,
        CancellationToken cancellationToken)
    {
        var speaking = call with { Request = call.Request with { Tap = tap }, Trace = new CallTrace() };
        BegunAnswer begun = await BegunAnswer.StartAsync(parts.Find(primary), speaking, cancellationToken);
        return new MergedAnswer(primary, reasons, ReadAsync())
        {
            Heard = [.. thoughts.Select(thought => thought.Draft)],
            Waited = speaking.Trace.Waited,
            Resource = new Resources(begun, lease),
        };

        async IAsyncEnumerable<GenerationChunk> ReadAsync()
        {
            await foreach (GenerationChunk chunk in begun.ReadAsync())
            {
                if (chunk.Finish is not null && tap is not null)
                    reasons.Add(Attended(primary, tap.Attention));
                yield return chunk;
            }
        }
    }

    static string Told(string primary, Thought thought) => thought.Memory is { } memory
        ? $"{primary} hears what {thought.Draft.Expert} thinks ({memory.Bytes / 1024} KiB)."
        : $"{primary} does not hear {thought.Draft.Expert}: {thought.Draft.Failure?.Message}.";

    static string Attended(string primary, AttentionMass mass) =>
        $"{primary} attended to {string.Join(", ", mass.Peers.Select(peer => $"{peer.Peer} ({peer.Mass:0.00})"))} and to nobody ({mass.Nobody:0.00}).";

    static string TooLong(long bytes, long allowed) =>
        $"The thoughts on so long a question might take {bytes} bytes, and memory.thoughts allows {allowed}; so the primary answers alone.";

    /// <summary>The answer first: the engine reads the memory as long as it runs.</summary>
    sealed class Resources(BegunAnswer begun, ThoughtLease? lease) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await begun.DisposeAsync();
            if (lease is not null)
                await lease.DisposeAsync();
        }
    }
}
