using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;
using Orchestrator.Router.Routing.Automatic;

namespace Orchestrator.Bench.Pool;

/// <summary>The router as the service makes it: the configured embedder, and the strategy that <c>train auto</c> chose.</summary>
static class BenchRouter
{
    public static PolicyRouter Of(
        OrchestratorConfig config, IReadOnlyList<PolicyConfig> policies, OutcomeTable profile, IReadOnlySet<string> experts) => new(
        Resolved(config, policies, profile), profile, experts, Space(config, [.. profile.Rows.Select(row => row.Question)]));

    public static QuestionSpace Space(OrchestratorConfig config, IReadOnlyList<string> questions) =>
        config.Router.Embedder.Kind == EmbedderKind.Hashed ? QuestionSpace.Hashed(questions) : QuestionSpace.Lsa(questions);

    public static IReadOnlyList<PolicyConfig> Resolved(OrchestratorConfig config, IReadOnlyList<PolicyConfig> policies, OutcomeTable profile) =>
        config.Router.Auto is { } file && AutoChoiceFile.Read(file) is { } choice ? AutoPolicies.Resolve(policies, choice, profile) : policies;
}
