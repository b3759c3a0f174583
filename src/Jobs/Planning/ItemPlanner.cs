using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Store;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Retrieval.Collections;
using Orchestrator.Router.Routing;

namespace Orchestrator.Jobs.Planning;

/// <summary>Decides who is asked for an item. Waiting times count for nothing: a job's experts are loaded anyway.</summary>
/// <param name="experts">As they are now.</param>
sealed class ItemPlanner(JobWorkplace place, IReadOnlyList<ExpertSnapshot> experts)
{
    /// <summary>What merges the samples of one expert, which is self-consistency.</summary>
    public const string Vote = "vote";

    /// <summary>Below it sampling is greedy, as the engine has it.</summary>
    const float Greedy = 0.001f;

    /// <summary>Questions that are embedded and searched for at once.</summary>
    const int RetrievedTogether = 16;

    /// <summary>Experts tried beside a panel of which nobody can be loaded; a broken disk is not tried a hundred times.</summary>
    const int MostReserves = 2;

    readonly HashSet<string> _available = [.. experts.Where(expert => expert.IsRecruitable).Select(expert => expert.Id)];

    readonly string[] _usable = [.. experts.Where(expert => expert.IsUsable).Select(expert => expert.Id)];

    readonly Dictionary<string, SamplingOptions> _sampling =
        place.Config.Experts.ToDictionary(expert => expert.Id, expert => expert.Sampling, StringComparer.Ordinal);

    /// <summary>Items of one policy are routed together, since some policies let them count for one another.</summary>
    /// <returns>A plan or a failure for each item, in no order.</returns>
    public async Task<IReadOnlyList<PlannedItem>> PlanAsync(IReadOnlyList<StoredItem> items, CancellationToken cancellationToken)
    {
        var planned = new List<PlannedItem>();
        foreach (IGrouping<string, StoredItem> group in items.GroupBy(item => item.Item.Model, StringComparer.Ordinal))
            planned.AddRange(await PlanAsync(group.Key, [.. group], cancellationToken));
        return planned;
    }

    async Task<IEnumerable<PlannedItem>> PlanAsync(string model, IReadOnlyList<StoredItem> items, CancellationToken cancellationToken)
    {
        try
        {
            return place.Router.Policies.Contains(model)
                ? await RouteAsync(model, items, cancellationToken)
                : [.. items.Select(item => new PlannedItem(item.Index, Complete(item.Item, Named(model)), null))];
        }
        catch (ExpertException failure)
        {
            return items.Select(item => new PlannedItem(item.Index, null, JobFailure.Of(failure)));
        }
        catch (RouterException failure)
        {
            ExpertFailure kind = failure.Failure == RouterFailure.NoExpert ? ExpertFailure.Unavailable : ExpertFailure.Unknown;
            return items.Select(item => new PlannedItem(item.Index, null, new JobFailure(kind, "", failure.Message)));
        }
    }

    async Task<IReadOnlyList<PlannedItem>> RouteAsync(string policy, IReadOnlyList<StoredItem> items, CancellationToken cancellationToken)
    {
        if (_available.Count == 0) throw RouterException.NoExpert(policy, OutOfService.Of(experts));
        PolicyConfig config = place.Config.Policies.First(known => known.Name == policy);
        var questions = await place.Router.EmbedAsync([.. items.Select(Question)], cancellationToken);
        RoutePlan[] plans =
        [
            .. place.Router.RouteAll(policy, questions, _available).Zip(questions, (plan, question) =>
                MixturePanel.Recruit(plan, config, place.Mixture, question.Text, _usable)),
        ];
        var planned = new PlannedItem[items.Count];
        var together = new ParallelOptions { MaxDegreeOfParallelism = RetrievedTogether, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, items.Count, together, async (i, cancelled) =>
            planned[i] = await WithContextAsync(items[i], config, plans[i], cancelled));
        return planned;
    }

    async ValueTask<PlannedItem> WithContextAsync(StoredItem item, PolicyConfig policy, RoutePlan plan, CancellationToken cancellationToken)
    {
        if (place.Contexts is not { } contexts) return new PlannedItem(item.Index, Complete(item.Item, Facts(plan)), null);
        try
        {
            var context = await contexts.FindAsync(policy, plan, item.Item.Question, cancellationToken);
            PlanFacts facts = Facts(context?.Apply(plan, policy.Context?.Reader) ?? plan) with { Context = context };
            return new PlannedItem(item.Index, Complete(item.Item, facts), null);
        }
        catch (CollectionException failure)
        {
            return new PlannedItem(item.Index, null, new JobFailure(ExpertFailure.Unavailable, "", failure.Message));
        }
    }

    static RouteQuestion Question(StoredItem item) => new(item.Item.Question) { Skills = item.Item.Skills, Tagged = item.Tagged };

    PlanFacts Complete(JobItem item, PlanFacts once)
    {
        bool greedy = once.Panel.All(expert => IsGreedy(expert, item.Request));
        return item.Samples == 1 || !PanelCalls.IsHeard(once)
            ? once with { Greedy = greedy }
            : once with
            {
                Greedy = greedy,
                Panel = Repeated(once.Panel, item.Samples),
                Weights = Repeated(once.Weights, item.Samples),
                Aggregator = once.Panel.Count == 1 ? Vote : once.Aggregator,
            };
    }

    static PlanFacts Facts(RoutePlan plan) => new()
    {
        Policy = plan.Policy,
        Panel = plan.Panel,
        Weights = [.. plan.Panel.Select(plan.WeightOf)],
        Aggregator = plan.Aggregator,
        AggregatorExpert = plan.AggregatorExpert,
        Reserves = [.. plan.Ranked.Select(ranked => ranked.Expert).Except(plan.Panel, StringComparer.Ordinal).Take(MostReserves)],
        Confidence = plan.Confidence,
        SupportDistance = plan.SupportDistance,
        Reasons = plan.Reasons,
    };

    PlanFacts Named(string expert) => experts.Any(known => known.Id == expert)
        ? new PlanFacts
        {
            Policy = RoutePlan.Direct,
            Panel = [expert],
            Weights = [1],
            Reasons = [$"The request names the expert '{expert}' itself."],
        }
        : throw new ExpertException(ExpertFailure.Unknown, expert, $"there is no policy and no expert '{expert}'");

    bool IsGreedy(string expert, GenerationRequest request) =>
        (request.Sampling?.Temperature ?? _sampling.GetValueOrDefault(expert)?.Temperature ?? 1) < Greedy;

    static IReadOnlyList<T> Repeated<T>(IReadOnlyList<T> panel, int times) =>
        [.. panel.SelectMany(member => Enumerable.Repeat(member, times))];
}

/// <summary>What was decided for an item: a plan, or why there is none.</summary>
readonly record struct PlannedItem(int Index, PlanFacts? Plan, JobFailure? Failure);
