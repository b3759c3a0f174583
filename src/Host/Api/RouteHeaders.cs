using System.Globalization;
using Orchestrator.Host.Pipeline;
using Orchestrator.Router.Coverage;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.Api;

/// <summary>Tells who answered and why, in headers that OpenAI's clients pass over.</summary>
static class RouteHeaders
{
    public static void Write(IHeaderDictionary headers, RoutedAnswer answer)
    {
        Write(headers, answer.Expert, answer.Plan, answer.Confidence);
        headers["x-orchestrator-wait-ms"] = answer.Waited.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture);
        if (answer.Asked.Count > 0) headers["x-orchestrator-asked"] = string.Join(',', answer.Asked);
        if (answer.Variant is { } variant) headers["x-orchestrator-variant"] = variant;
    }

    /// <summary>Before anybody has answered: what is planned. The chunks tell who it was in the end.</summary>
    public static void Write(IHeaderDictionary headers, RoutePlan plan) => Write(headers, plan.Primary, plan, plan.Confidence);

    /// <summary>Before there is a plan.</summary>
    public static void Write(IHeaderDictionary headers, string policy) => headers["x-orchestrator-policy"] = policy;

    static void Write(IHeaderDictionary headers, string expert, RoutePlan plan, double? confidence)
    {
        headers["x-orchestrator-expert"] = expert;
        headers["x-orchestrator-policy"] = plan.Policy;
        if (confidence is { } known) headers["x-orchestrator-confidence"] = known.ToString("F3", CultureInfo.InvariantCulture);
        if (plan.Coverage is not { } coverage) return;
        headers["x-orchestrator-coverage"] = CoverageWords.Of(coverage.Verdict);
        headers["x-orchestrator-distance"] = coverage.Distance.ToString("F1", CultureInfo.InvariantCulture);
    }
}
