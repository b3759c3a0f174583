using Orchestrator.Host.Composition;
using Orchestrator.Host.OpenAi;
using Orchestrator.Retrieval.Answers;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.Pipeline;

/// <summary>Passages for the questions of policies that have a collection.</summary>
static class Contexts
{
    /// <summary>May wait for the experts that embed.</summary>
    /// <returns>The plan with what was found in it; the context is null where the policy has no collection.</returns>
    public static async Task<(RoutePlan Plan, AnswerContext? Context)> AddAsync(
        Service service, RoutePlan plan, ChatRequest request, CancellationToken cancellationToken)
    {
        if (service.Contexts is not { } contexts || plan.Policy == RoutePlan.Direct) return (plan, null);
        var policy = service.PolicyOf(plan);
        var context = await contexts.FindAsync(policy, plan, request.Question, cancellationToken);
        return (context?.Apply(plan, policy.Context?.Reader) ?? plan, context);
    }

    /// <summary>What experts are asked.</summary>
    public static ChatRequest Asked(ChatRequest request, AnswerContext? context) => context is { Passages.Count: > 0 }
        ? request with { Generation = request.Generation with { Messages = ContextPrompt.Of(request.Generation.Messages, context.Passages) } }
        : request;
}
