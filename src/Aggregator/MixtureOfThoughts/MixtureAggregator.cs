using Orchestrator.Aggregator.MixtureOfThoughts.Attention;
using Orchestrator.Aggregator.MixtureOfThoughts.Layers;
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
        string primary = panel.Answers[0].Answer.Expert;
        string[] peers = [.. panel.Answers.Skip(1).Select(member => member.Answer.Expert)];
        Mixture mixture = Mixing(primary, peers);
        // Neither side may be a twin in fewer bits: its thoughts are not those that the layers were trained with.
        var call = new ExpertCall { Request = panel.Request, Class = panel.Class, AllowVariant = false };
        long most = mixture.MostBytes(panel.Request, peers.Length);
        if (most > mixture.Memory.Bytes)
            throw TooLong(primary, most, mixture.Memory.Bytes);
        ThoughtLease lease = await mixture.Memory.TakeAsync(most, cancellationToken);
        try
        {
            Thought[] thoughts = await Task.WhenAll(
                peers.Select(peer => Thought.AskAsync(mixture.Layers, peer, parts.Find, call, cancellationToken)));
            Thought[] clear = [.. thoughts.Where(thought => thought.Memory is not null)];
            // Alone it would answer as surely, and wrong: what it does not hear it does not know.
            if (clear.Length == 0)
                throw Unheard(thoughts[0].Draft.Failure!);
            lease.Shrink(clear.Sum(thought => thought.Memory!.Bytes));
            IReadOnlyList<double> weights = mixture.Router.Weigh(
                SynthesisPrompt.Question(panel.Request.Messages), [.. clear.Select(thought => thought.Draft.Expert)]);
            var tap = new MixtureTap(
                mixture.Layers, primary, new LatentMemory([.. clear.Zip(weights, (thought, weight) => (thought.Memory!, weight))]));
            return await SpeakAsync(primary, call, tap, thoughts, lease, cancellationToken);
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    /// <summary>A job's plan may be older than what is configured now.</summary>
    Mixture Mixing(string primary, string[] peers) =>
        parts.Mixture is { } mixture && peers.All(peer => mixture.Layers.Pairs.Contains(new MixturePair(primary, peer)))
            ? mixture
            : throw new ExpertException(
                ExpertFailure.Unknown, primary, $"no layers are configured by which '{primary}' hears {string.Join(" and ", peers)}");

    async Task<MergedAnswer> SpeakAsync(
        string primary, ExpertCall call, MixtureTap tap, Thought[] thoughts, ThoughtLease lease, CancellationToken cancellationToken)
    {
        var speaking = call with { Request = call.Request with { Tap = tap }, Trace = new CallTrace() };
        BegunAnswer begun = await BegunAnswer.StartAsync(parts.Find(primary), speaking, cancellationToken, mayBeEmpty: true);
        List<string> reasons = [.. thoughts.Select(thought => Told(primary, thought))];
        return new MergedAnswer(primary, reasons, ReadAsync())
        {
            Heard = [.. thoughts.Select(thought => thought.Draft)],
            Waited = thoughts.Max(thought => thought.Waited) + speaking.Trace.Waited,
            Resource = new Resources(begun, lease),
        };

        async IAsyncEnumerable<GenerationChunk> ReadAsync()
        {
            await foreach (GenerationChunk chunk in begun.ReadAsync())
            {
                if (chunk.Finish is not null)
                    reasons.Add(Attended(primary, tap.Attention));
                yield return chunk;
            }
        }
    }

    static string Told(string primary, Thought thought) => thought.Memory is { } memory
        ? $"{primary} hears what {thought.Draft.Expert} thinks ({memory.Bytes / 1024} KiB)."
        : $"{primary} does not hear {thought.Draft.Expert}: {thought.Draft.Failure?.Message.TrimEnd('.')}.";

    static string Attended(string primary, AttentionMass mass) =>
        $"{primary} attended to {string.Join(", ", mass.Peers.Select(peer => $"{peer.Peer} ({peer.Mass:0.00})"))} and to nobody ({mass.Nobody:0.00}).";

    static ExpertException TooLong(string primary, long bytes, long allowed) => new(
        ExpertFailure.TooLargeForBudget, primary,
        $"the thoughts on so long a question might take {bytes} bytes, and memory.thoughts allows {allowed}");

    static ExpertException Unheard(ExpertException failure) =>
        new(failure.Failure, failure.Expert, $"nobody can be heard: {failure.Message}", failure) { RetryAfter = failure.RetryAfter };

    /// <summary>The answer first: the engine reads the memory as long as it runs.</summary>
    sealed class Resources(BegunAnswer begun, ThoughtLease lease) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await begun.DisposeAsync();
            }
            finally
            {
                await lease.DisposeAsync();
            }
        }
    }
}
