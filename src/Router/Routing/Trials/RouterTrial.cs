using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Routing.Trials;

/// <summary>
/// Fits policies to the training part of recorded outcomes, to judge them on the rest. Of the rest it is told the questions
/// alone, so that no outcome of it can reach a fit.
/// </summary>
/// <param name="training">Every row embedded once, for all policies and folds.</param>
public sealed class RouterTrial(OutcomeTable training, QuestionSpace space)
{
    readonly Profile _profile = new(training, space);

    /// <summary>Embeds a question.</summary>
    public TrialQuestion Place(string question) => new(_profile.Features(question));

    /// <param name="problems">Gets a sentence for every reason why the policy cannot be fitted to this table.</param>
    /// <returns>Null when there are problems.</returns>
    public FittedPolicy? Fit(PolicyConfig policy, List<string> problems) =>
        StrategyRegistry.Create(policy, _profile, problems) is { } strategy ? new FittedPolicy(policy, _profile, strategy) : null;
}
