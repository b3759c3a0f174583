using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.OpenAi;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.Tools;

/// <summary>Who may answer a request that brings tools. Pure.</summary>
static class ToolRecruiting
{
    const string Remedy = "set 'tools: hermes' for experts whose models write calls so (Qwen2.5, Qwen3, Hermes)";

    /// <returns>Those that call tools; perhaps none that can answer now.</returns>
    /// <exception cref="ApiException">Policies recruit no expert that could ever call one.</exception>
    public static IReadOnlyList<ExpertSnapshot> Callers(IReadOnlyList<ExpertSnapshot> experts, ToolUse use) =>
        experts.Any(expert => expert.Tools != ToolFormat.None && expert.Purpose == ExpertPurpose.Answer)
            ? [.. experts.Where(expert => expert.Tools != ToolFormat.None)]
            : throw new ApiException(ApiError.Unsupported(
                use.Param, $"no expert of this configuration that answers has the key 'tools'; {Remedy}"));

    /// <exception cref="ApiException">The expert calls no tools.</exception>
    public static void Check(ExpertSnapshot expert, ToolUse use)
    {
        if (expert.Tools == ToolFormat.None)
            throw new ApiException(ApiError.Unsupported(use.Param, $"the expert '{expert.Id}' calls no tools; {Remedy}, or ask another model"));
    }

    /// <summary>The primary alone, since the calls of several experts are no answers that could be merged, and in its place only who calls tools as it does.</summary>
    /// <param name="wanted">As the policy has it: a panel, or one expert after the other.</param>
    public static RoutePlan Narrow(RoutePlan plan, PolicyConfig wanted, IReadOnlyList<ExpertSnapshot> callers)
    {
        var format = callers.First(expert => expert.Id == plan.Primary).Tools;
        var alike = callers.Where(expert => expert.Tools == format).Select(expert => expert.Id).ToHashSet(StringComparer.Ordinal);
        var alone = plan.Panel.Count > 1 || wanted is { Panel: > 1 } or { Evidence: > 1 };
        return plan with
        {
            Ranked = [.. plan.Ranked.Where(ranked => alike.Contains(ranked.Expert))],
            Panel = [plan.Primary],
            Aggregator = RoutePlan.First,
            AggregatorExpert = null,
            Reasons =
            [
                .. plan.Reasons, "The request brings tools, so only experts that call them were ranked.",
                .. alone ? new[] { $"'{plan.Primary}' answers alone: calls of several experts cannot be merged." } : [],
            ],
        };
    }
}
