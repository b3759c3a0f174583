using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Composition;

namespace Orchestrator.Router.Strategies;

/// <summary>Every strategy by the name that policies use.</summary>
static class StrategyRegistry
{
    delegate IRoutingStrategy? Factory(PolicyConfig policy, Profile profile, List<string> problems);

    static readonly SortedDictionary<string, Factory> Factories = new(StringComparer.Ordinal)
    {
        ["auto"] = Scoring<AutoOptions>((profile, _) => new AutoStrategy(profile)),
        ["best-single"] = Scoring<BestSingleOptions>((profile, _) => new BestSingleStrategy(profile)),
        ["clusters"] = Scoring<ClustersOptions>((profile, options) => new ClustersStrategy(profile, options)),
        ["composition"] = WithinBudget(Scoring<CompositionOptions>((profile, options) => new CompositionStrategy(profile, options))),
        ["factorisation"] = Scoring<FactorisationOptions>((profile, options) => new FactorisationStrategy(profile, options)),
        ["kernel-ridge"] = UpTo(KernelRidgeStrategy.MostQuestions, Scoring<KernelRidgeOptions>((profile, options) => new KernelRidgeStrategy(profile, options))),
        ["nearest"] = Scoring<NearestOptions>((profile, options) => new NearestStrategy(profile, options)),
        ["random"] = Entry<RandomOptions>((profile, options) => new RandomStrategy(profile, options), estimates: false),
        ["ridge"] = Scoring<RidgeOptions>((profile, options) => new RidgeStrategy(profile, options)),
        ["soft-category"] = Scoring<SoftCategoryOptions>((profile, options) => new SoftCategoryStrategy(profile, options)),
        ["stacked"] = Scoring<StackedOptions>((profile, options) => new StackedStrategy(profile, options)),
        ["symbolic-moe"] =
            Entry<SymbolicMoeOptions>((profile, options, panel) => new SymbolicMoeStrategy(profile, options, panel)),
        ["top-p"] = Entry<TopPOptions>((profile, options, panel) => new TopPStrategy(profile, options, panel)),
        ["tryage"] = Entry<TryageOptions>((profile, options) => new TryageStrategy(profile, options)),
    };

    public static IReadOnlyCollection<string> Names => Factories.Keys;

    /// <summary>How many profiled questions the strategy can be fitted to in acceptable time.</summary>
    public static int MostQuestions(string strategy) => strategy == "kernel-ridge" ? KernelRidgeStrategy.MostQuestions : int.MaxValue;

    /// <summary>Whether it weighs what is known of experts beside their answers.</summary>
    public static bool WantsFacts(string strategy) => strategy is "composition" or "tryage";

    /// <param name="problems">Gets a sentence for everything that is wrong with the policy.</param>
    /// <returns>The strategy fitted on the profile; null when there are problems.</returns>
    public static IRoutingStrategy? Create(PolicyConfig policy, Profile profile, List<string> problems)
    {
        if (Factories.TryGetValue(policy.Strategy, out Factory? factory))
            return factory(policy, profile, problems);
        problems.Add(
            $"Policy '{policy.Name}' (line {policy.Line}): no strategy is called '{policy.Strategy}'; " +
            $"{NameSuggestion.For(policy.Strategy, Names)}");
        return null;
    }

    /// <summary>For a strategy that may find that nobody fits what it is allowed.</summary>
    static Factory WithinBudget(Factory factory) => (policy, profile, problems) =>
    {
        try
        {
            return factory(policy, profile, problems);
        }
        catch (CompositionException none)
        {
            problems.Add($"Policy '{policy.Name}' (line {policy.Line}), strategy '{policy.Strategy}': {none.Message}");
            return null;
        }
    };

    /// <summary>For a strategy whose fit takes too long on more questions.</summary>
    static Factory UpTo(int questions, Factory factory) => (policy, profile, problems) =>
    {
        if (profile.Count <= questions)
            return factory(policy, profile, problems);
        problems.Add(
            $"Policy '{policy.Name}' (line {policy.Line}), strategy '{policy.Strategy}': at most {questions} profiled questions can be fitted in " +
            $"acceptable time, and there are {profile.Count}; choose another strategy.");
        return null;
    };

    static Factory Scoring<TOptions>(Func<Profile, TOptions, ScoringStrategy> create)
        where TOptions : class, new() =>
        Entry<TOptions>((profile, options) =>
            profile.Shared(options, () => ScoringStrategy.Calibrated(profile, part => create(part, options))));

    /// <param name="estimates">Whether its scores are what an expert is expected to score, and not only an order.</param>
    static Factory Entry<TOptions>(Func<Profile, TOptions, IRoutingStrategy> create, bool estimates = true)
        where TOptions : class, new() =>
        Entry<TOptions>((profile, options, _) => create(profile, options), estimates);

    /// <summary>For a strategy that draws its panel and must know how many experts are asked.</summary>
    static Factory Entry<TOptions>(Func<Profile, TOptions, int, IRoutingStrategy> create, bool estimates = true)
        where TOptions : class, new() =>
        (policy, profile, problems) =>
        {
            TOptions? options = PolicyOptions.Bind<TOptions>(policy, problems);
            if (estimates || policy.QualityWeight >= 1)
                return options is null ? null : create(profile, options, policy.Panel);
            problems.Add(
                $"Policy '{policy.Name}' (line {policy.Line}), strategy '{policy.Strategy}': quality_weight below 1 weighs expected " +
                "scores, and this strategy has none; leave it out or choose another strategy.");
            return null;
        };
}
