using System.Globalization;
using System.Numerics.Tensors;
using Orchestrator.Experts.Configuration;
using Orchestrator.Retrieval.Collections;
using Orchestrator.Retrieval.Collections.Searching;
using Orchestrator.Router.Gating;
using Orchestrator.Router.Routing;

namespace Orchestrator.Retrieval.Answers;

/// <summary>Looks for passages for the questions of policies that have a collection, and asks the policy's gate about them.</summary>
/// <param name="store">Opens it where it is not yet; may throw <see cref="CollectionException"/>.</param>
/// <param name="gates">By policy.</param>
public sealed class ContextFinder(Func<ICollectionStore> store, ICollectionEncoder encoder, IReadOnlyDictionary<string, RetrievalGate> gates)
{
    const string Routed = "auto";

    /// <param name="plan">Of the question, without passages.</param>
    /// <returns>Null where the policy has no collection.</returns>
    /// <exception cref="CollectionException">The collection is missing or cannot be searched.</exception>
    public async Task<AnswerContext?> FindAsync(
        PolicyConfig policy, RoutePlan plan, string question, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.Context is not { } wanted)
            return null;
        if (wanted.When == RetrieveWhen.Never)
            return new AnswerContext(wanted.Collection, [], "The policy retrieves never.");
        AnswerContext found = await LookAsync(wanted, plan, question, cancellationToken);
        if (found.Passages.Count == 0)
            return found with { Reason = $"The collection '{wanted.Collection}' has no passages." };
        string with = found.Passages is [_]
            ? $"A passage of '{wanted.Collection}' goes with the question"
            : $"{found.Passages.Count} passages of '{wanted.Collection}' go with the question";
        if (wanted.When == RetrieveWhen.Always)
            return found with { Reason = $"{with}, as the policy always wants." };
        // One that was fitted on another collection knows nothing of this one.
        if (!gates.TryGetValue(policy.Name, out RetrievalGate? gate) || gate.Fitted.Collection != wanted.Collection)
            return found with { Reason = $"{with}: no gate was fitted for the policy and its collection yet." };
        GateDecision decision = gate.Decide(found.Features!);
        string likely = string.Create(CultureInfo.InvariantCulture,
            $"with {decision.Probability:P0} they make a wrong answer right, and {gate.Threshold:P0} are asked for");
        return decision.Retrieves
            ? found with { Probability = decision.Probability, Reason = $"{with}: {likely}." }
            : found with
            {
                Passages = [],
                Probability = decision.Probability,
                Reason = $"No passages of '{wanted.Collection}' go with the question: {likely}.",
            };
    }

    /// <summary>Whatever a gate would say of them.</summary>
    /// <exception cref="CollectionException">The collection is missing or cannot be searched.</exception>
    public async Task<AnswerContext> LookAsync(
        PassagesConfig wanted, RoutePlan plan, string question, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(plan);
        var collection = await store().OpenAsync(wanted.Collection, cancellationToken);
        EncodedQuery query = await encoder.EncodeQueryAsync(collection.Spec.Space, Routed, question, cancellationToken);
        var request = new SearchRequest(SearchMode.Hybrid)
        {
            Text = question,
            Vector = query.Vector,
            Space = query.Space,
            TopK = wanted.Passages,
            WithVectors = true,
        };
        IReadOnlyList<SearchHit> hits = await CollectionSearch.RunAsync(collection, request, cancellationToken);
        Passage[] passages =
        [
            .. hits.Select(hit => new Passage(hit.Document.Id, hit.Document.Text, TensorPrimitives.Dot(query.Vector, hit.Document.Vector!))),
        ];
        return new AnswerContext(wanted.Collection, passages, "")
        {
            Features = passages.Length == 0 ? null : Features(question, passages, plan),
            Expert = query.Expert,
        };
    }

    static GateFeatures Features(string question, Passage[] passages, RoutePlan plan)
    {
        double best = passages.Max(passage => passage.Similarity);
        double others = passages.Length == 1 ? best : (passages.Sum(passage => passage.Similarity) - best) / (passages.Length - 1);
        return new GateFeatures(
            best, best - others, passages.Max(passage => WordOverlap.Of(question, passage.Text)),
            plan.Ranked.Count > 0 ? plan.Ranked[0].Score : 0, plan.SupportDistance);
    }
}
