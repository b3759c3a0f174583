using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Coverage;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Feedback;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Skills.Tagging;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Routing;

/// <summary>
/// Makes route plans: for a policy, a question and the experts that are available, who answers, how sure that is and why.
/// Pure and safe for concurrent use; what it knows is fixed when it is built.
/// </summary>
public sealed class PolicyRouter
{
    static readonly Dictionary<string, TimeSpan> NoWaits = [];

    readonly Profile _profile;
    readonly Lazy<CoverageModel?> _coverage;
    readonly SortedDictionary<string, (PolicyConfig Config, IRoutingStrategy Strategy)> _policies =
        new(StringComparer.Ordinal);

    readonly FeedbackMemory? _memory;

    /// <param name="experts">Ids of the catalog; what the table knows of others is left out.</param>
    /// <param name="facts">What is known of the experts beside their answers, for strategies that weigh that.</param>
    /// <param name="space">What embeds questions; null is an LSA of the table's own.</param>
    /// <param name="coverage">What counts as known; null is the default.</param>
    /// <exception cref="RouterException">Policies are not configured as they must be; all problems are named.</exception>
    public PolicyRouter(
        IReadOnlyList<PolicyConfig> policies, OutcomeTable outcomes, IReadOnlySet<string> experts, QuestionSpace? space = null,
        IReadOnlyDictionary<string, ExpertFacts>? facts = null,
        CoverageOptions? coverage = null)
    {
        _profile = new Profile(outcomes.OnlyExperts(experts), space ?? QuestionSpace.Lsa([.. outcomes.Rows.Select(row => row.Question)]), facts);
        var problems = new List<string>();
        foreach (PolicyConfig policy in policies)
        {
            if (StrategyRegistry.Create(policy, _profile, problems) is { } strategy
                && !_policies.TryAdd(policy.Name, (policy, strategy)))
            {
                problems.Add($"Policy '{policy.Name}' (line {policy.Line}): a policy of that name came before.");
            }
        }
        if (problems.Count > 0)
            throw new RouterException(RouterFailure.Configuration, string.Join('\n', problems));
        Policies = [.. policies.Select(policy => policy.Name)];
        _coverage = new(() => CoverageModel.Fit(_profile, coverage));
    }

    PolicyRouter(PolicyRouter before, FeedbackMemory memory)
    {
        (_profile, _coverage, Policies, _memory) = (before._profile, before._coverage, before.Policies, memory);
        foreach ((string name, var policy) in before._policies)
            _policies.Add(name, (policy.Config, policy.Strategy is ScoringStrategy { Learns: true } scoring ? scoring.With(_memory) : policy.Strategy));
    }

    /// <summary>The same router with what these verdicts teach, and without what earlier ones did; shares all that stays.</summary>
    /// <remarks>Verdicts that this router has are not looked at again: to add a few to many is cheap.</remarks>
    /// <exception cref="InvalidOperationException">The embedder has to be waited for, which <see cref="WithAsync"/> does.</exception>
    public PolicyRouter With(FeedbackEvidence evidence) => new(this, FeedbackMemory.Of(evidence, _profile, _memory));

    /// <summary>The same, with any embedder: questions that it does not know yet are embedded together first.</summary>
    public async ValueTask<PolicyRouter> WithAsync(FeedbackEvidence evidence, CancellationToken cancellationToken = default) =>
        new(this, await FeedbackMemory.OfAsync(evidence, _profile, _memory, cancellationToken));

    /// <summary>Questions with the vectors that routing them takes; waits where the embedder has to be waited for.</summary>
    public async ValueTask<IReadOnlyList<RouteQuestion>> EmbedAsync(
        IReadOnlyList<RouteQuestion> questions, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<float[]> vectors =
            await _profile.Space.Embedder.EmbedAsync([.. questions.Select(question => question.Text)], cancellationToken);
        return [.. questions.Zip(vectors, (question, vector) => question with { Vector = vector })];
    }

    /// <summary>Policies that learn from feedback, in the order of the configuration; others stay with what was profiled.</summary>
    public IEnumerable<string> Learning => Policies.Where(policy => _policies[policy].Strategy is ScoringStrategy { Learns: true });

    /// <summary>Names that strategies have in a configuration.</summary>
    public static IReadOnlyCollection<string> Strategies => StrategyRegistry.Names;

    /// <summary>Whether a router with these policies has a use for facts, which take reading every file's header.</summary>
    public static bool WantsFacts(IEnumerable<PolicyConfig> policies) => policies.Any(policy => StrategyRegistry.WantsFacts(policy.Strategy));

    /// <summary>Policy names in the order of the configuration.</summary>
    public IReadOnlyList<string> Policies { get; }

    /// <summary>
    /// Makes what is otherwise made for the first question of a policy: calibrations, and what is covered. Takes seconds for
    /// thousands of profiled questions.
    /// </summary>
    public void Warm()
    {
        _ = _coverage.Value;
        foreach (string policy in Policies)
            _policies[policy].Strategy.Warm();
    }

    /// <summary>Whether the policy looks at what a tagger says, so that asking one is worth its time.</summary>
    public bool WantsTags(string policy) => _policies.TryGetValue(policy, out var found) && found.Strategy.WantsTags;

    /// <param name="question">The last message of the user.</param>
    /// <param name="available">Experts that can answer now; no other appears in the plan.</param>
    /// <param name="waits">How long each would be waited for, for policies with a quality weight below 1; null is not at all.</param>
    /// <param name="skills">What the caller says the question needs, for strategies that look at skills.</param>
    /// <param name="tagged">What a tagger says it needs, for strategies that want that; null when none was asked.</param>
    /// <exception cref="RouterException">The policy is unknown, or no expert is available.</exception>
    public RoutePlan Route(
        string policy,
        string question,
        IReadOnlySet<string> available,
        IReadOnlyDictionary<string, TimeSpan>? waits = null,
        IReadOnlyList<string>? skills = null,
        TaggedQuestion? tagged = null) =>
        RouteAll(policy, [new RouteQuestion(question) { Skills = skills ?? [], Tagged = tagged }], available, waits)[0];

    /// <summary>Routes the questions of a batch together, for policies in which they count for one another (<c>trim_by: batch</c>).</summary>
    /// <returns>One plan for each question, in their order.</returns>
    /// <exception cref="RouterException">The policy is unknown, or no expert is available.</exception>
    public IReadOnlyList<RoutePlan> RouteAll(
        string policy,
        IReadOnlyList<RouteQuestion> questions,
        IReadOnlySet<string> available,
        IReadOnlyDictionary<string, TimeSpan>? waits = null)
    {
        if (!_policies.TryGetValue(policy, out var found))
        {
            throw new RouterException(
                RouterFailure.UnknownPolicy, $"No policy is called '{policy}'; {NameSuggestion.For(policy, Policies)}");
        }
        if (available.Count == 0)
            throw RouterException.NoExpert(policy, "none is available");

        HashSet<string> profiled = [.. available.Where(_profile.Knows)];
        string[] unknown = [.. available.Where(expert => !profiled.Contains(expert)).Order(StringComparer.Ordinal)];
        ProfiledQuestion[] features = [.. questions.Select(question => _profile.Features(question))];
        IReadOnlyList<Ranking> rankings = profiled.Count > 0
            ? found.Strategy.RankAll(features, profiled)
            : [.. features.Select(_ => new Ranking([], 0, ["No available expert was profiled, so they are in the order of their ids."]))];
        return [.. rankings.Zip(features, (ranking, question) =>
            Supported(found.Config, question, Plan(found.Config, ranking, question, unknown, waits ?? NoWaits)))];
    }

    /// <summary>What was profiled and who is reliable where, and how honest each policy's confidence is; null when too little was profiled.</summary>
    public CoverageReport? ReportCoverage() => _coverage.Value is not { } known ? null : CoverageReport.Of(
        known, _profile, [.. Policies.Select(policy => (policy, _policies[policy].Strategy))]);

    /// <summary>The plan with what supports it, and without its choice where the policy abstains.</summary>
    RoutePlan Supported(PolicyConfig policy, ProfiledQuestion question, RoutePlan plan) => Abstention.Apply(policy, plan with
    {
        Coverage = _coverage.Value?.Judge(question, plan.Primary, plan.Ranked.Select(ranked => ranked.Expert), plan.Confidence ?? 0),
    });

    /// <param name="unknown">Available experts that the ranking cannot have.</param>
    static RoutePlan Plan(
        PolicyConfig policy, Ranking ranking, ProfiledQuestion question, string[] unknown, IReadOnlyDictionary<string, TimeSpan> waits)
    {
        IReadOnlyList<RankedExpert> byScore = [.. ranking.Ranked, .. unknown.Select(expert => new RankedExpert(expert, 0, 0))];
        // Waiting may change who of a drawn panel speaks, not who was drawn.
        IReadOnlyList<RankedExpert> recruits =
            ranking.Panel is { } drawn ? [.. byScore.Where(expert => drawn.Contains(expert.Expert))] : byScore;
        (IReadOnlyList<RankedExpert> ranked, string? joint) = JointChoice.Rank(recruits, waits, policy.QualityWeight);
        string[] panel = Members(ranked, ranking.Panel, policy.Panel);
        return new RoutePlan
        {
            Policy = policy.Name,
            Strategy = policy.Strategy,
            Ranked = ranking.Panel is null ? ranked : byScore,
            Panel = panel,
            Aggregator = panel.Length > 1 ? policy.Aggregator : RoutePlan.First,
            AggregatorExpert = panel.Length > 1 ? policy.AggregatorExpert : null,
            Confidence = joint is null ? ranking.Confidence : Math.Clamp(ranked[0].Score, 0, 1),
            SupportDistance = question.SupportDistance,
            Reasons =
            [
                .. joint is null ? [] : new[] { joint }, .. ranking.Reasons, .. ranking.Ranked.Count > 0 ? Unprofiled(unknown) : [],
                .. policy.Note is { } note ? new[] { note } : [],
            ],
        };
    }

    /// <summary>The best ranked; where a draw repeats itself, the primary and then the other draws in their order.</summary>
    static string[] Members(IReadOnlyList<RankedExpert> ranked, IReadOnlyList<string>? drawn, int panel)
    {
        string[] members = [.. ranked.Take(panel).Select(expert => expert.Expert)];
        if (drawn is null || drawn.Count <= members.Length)
            return members;
        var others = drawn.ToList();
        others.Remove(members[0]);
        return [members[0], .. others];
    }

    static IEnumerable<string> Unprofiled(string[] experts) =>
        experts.Length == 0 ? [] : [$"Ranked last, because nothing is known of them: {string.Join(", ", experts)}."];
}
