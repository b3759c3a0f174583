using Orchestrator.Aggregator.MixtureOfThoughts.Attention;
using Orchestrator.Aggregator.MixtureOfThoughts.Layers;
using Orchestrator.Aggregator.Synthesis;
using Orchestrator.Experts;
using Orchestrator.Experts.Panels;
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
        long most = mixture.MostBytes(primary, peers, panel.Request);
        ThoughtLease lease = await mixture.Memory.TakeAsync(most, call.Class, cancellationToken)
            ?? throw TooLong(primary, most, mixture.Memory.Bytes);
        try
        {
            Thought[] thoughts = await Task.WhenAll(
                peers.Select(peer => Thought.AskAsync(mixture.Layers, peer, parts.Find, call, cancellationToken)));
            return await SpeakAsync(mixture, primary, call, thoughts, lease, cancellationToken);
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    /// <summary>A plan may be older than what is configured now, and than the experts' files.</summary>
    Mixture Mixing(string primary, string[] peers) =>
        parts.Mixture is { } mixture && mixture.Joins(primary, peers) && peers.Append(primary).All(id => mixture.Fits(id))
            ? mixture
            : throw new ExpertException(
                ExpertFailure.Unheard, primary, $"no layers fit by which '{primary}' hears {string.Join(" and ", peers)} now");

    async Task<MergedAnswer> SpeakAsync(
        Mixture mixture, string primary, ExpertCall call, Thought[] thoughts, ThoughtLease lease, CancellationToken cancellationToken)
    {
        PanelAnswer[] drafts = [.. thoughts.Select(thought => thought.Draft)];
        List<string> reasons = [.. thoughts.Select(thought => Told(primary, thought))];
        try
        {
            MixtureTap tap = Hear(mixture, primary, call.Request, thoughts, lease);
            HearingAnswer answer = await HearingAnswer.StartAsync(primary, parts.Find, call, tap, lease, cancellationToken);
            return new MergedAnswer(primary, reasons, answer.ReadAsync(mass => reasons.Add(Attended(primary, mass))))
            {
                Heard = drafts,
                Waited = thoughts.Max(thought => thought.Waited) + answer.Waited,
                Resource = answer,
            };
        }
        catch (ExpertException failure)
        {
            throw new ExpertException(failure.Failure, failure.Expert, failure.Message, failure)
            {
                RetryAfter = failure.RetryAfter,
                Heard = drafts,
            };
        }
    }

    static MixtureTap Hear(Mixture mixture, string primary, GenerationRequest asked, Thought[] thoughts, ThoughtLease lease)
    {
        Thought[] clear = [.. thoughts.Where(thought => thought.Memory is not null)];
        // Alone it would answer as surely, and wrong: what it does not hear it does not know.
        if (clear.Length == 0)
            throw Unheard(thoughts[0].Draft.Failure!);
        lease.Shrink(ThoughtBytes.Kept(mixture.Layers, primary, [.. clear.Select(thought => thought.Memory!)]));
        IReadOnlyList<double> weights = mixture.Router.Weigh(
            SynthesisPrompt.Question(asked.Messages), [.. clear.Select(thought => thought.Draft.Expert)]);
        return new MixtureTap(
            mixture.Layers, primary, new LatentMemory([.. clear.Zip(weights, (thought, weight) => (thought.Memory!, weight))]));
    }

    static string Told(string primary, Thought thought) => thought.Memory is { } memory
        ? $"{primary} hears what {thought.Draft.Expert} thinks ({memory.Bytes / 1024} KiB)."
        : $"{primary} does not hear {thought.Draft.Expert}: {thought.Draft.Failure?.Message.TrimEnd('.')}.";

    static string Attended(string primary, AttentionMass mass) =>
        $"{primary} attended to {string.Join(", ", mass.Peers.Select(peer => $"{peer.Peer} ({peer.Mass:0.00})"))} and to nobody ({mass.Nobody:0.00}).";

    static ExpertException TooLong(string primary, long bytes, long allowed) => new(
        ExpertFailure.TooLargeForBudget, primary,
        $"the thoughts on so long a question might take {bytes} bytes, and memory.thoughts allows {allowed}");

    /// <summary>Where only the peer is at fault the primary, or another, may still answer in words; a busy one may be waited for.</summary>
    static ExpertException Unheard(ExpertException failure) => new(
        failure.Failure is ExpertFailure.PromptTooLong or ExpertFailure.InvalidRequest or ExpertFailure.Failed
            ? ExpertFailure.Unheard
            : failure.Failure,
        failure.Expert, $"nobody can be heard: {failure.Message}", failure)
    { RetryAfter = failure.RetryAfter };
}
