using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Routing.Automatic;

/// <summary>Gives policies of the strategy <c>auto</c> the strategy that was chosen. What is left of them falls back on ridge.</summary>
public static class AutoPolicies
{
    /// <summary>The name of the strategy in a configuration.</summary>
    public const string Strategy = "auto";

    /// <param name="profiled">The outcomes that the strategy will be fitted to.</param>
    /// <returns>The policies under their own names; all that is not of the strategy stays as it is.</returns>
    public static IReadOnlyList<PolicyConfig> Resolve(IReadOnlyList<PolicyConfig> policies, AutoChoice choice, OutcomeTable profiled)
    {
        bool fits = profiled.Rows.Count <= StrategyRegistry.MostQuestions(choice.Strategy);
        string note = $"The strategy {choice.Words} was chosen by 'orchestrator train auto' ({choice.HeldOut:0.000} on held-out questions)"
            + (fits ? "." : $", but cannot be fitted to {profiled.Rows.Count} questions.")
            + (IsStale(choice, profiled) ? " The outcomes have changed since." : "");
        return [.. policies.Select(policy => policy switch
        {
            // It has no options: those that are written are reported when it is made.
            { Strategy: not Strategy } or { Options.Count: > 0 } => policy,
            _ when fits => policy with { Strategy = choice.Strategy, Options = choice.Options, Note = note },
            _ => policy with { Note = note },
        })];
    }

    /// <summary>Whether it was chosen on other outcomes than these.</summary>
    public static bool IsStale(AutoChoice choice, OutcomeTable profiled) => choice.Table != OutcomeHash.Of(profiled);
}
