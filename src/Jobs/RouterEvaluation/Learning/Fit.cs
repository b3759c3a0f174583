using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Routing.Trials;

namespace Orchestrator.Jobs.RouterEvaluation.Learning;

/// <summary>A candidate fitted to the training questions.</summary>
/// <param name="HeldOut">What it expects of each training question, by a fit without its fold.</param>
/// <param name="Score">Mean score of those choices; what candidates and contenders are chosen by.</param>
sealed record Fit(FittedPolicy Fitted, PolicyConfig Policy, IReadOnlyList<Expectation> HeldOut, double Score, Effort Effort);
