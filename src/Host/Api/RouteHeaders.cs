using System.Globalization;
using Orchestrator.Host.Pipeline;

namespace Orchestrator.Host.Api;

/// <summary>Tells who answered and why, in headers that OpenAI's clients pass over.</summary>
static class RouteHeaders
{
    public static void Write(IHeaderDictionary headers, RoutedAnswer answer)
    {
        headers["x-orchestrator-expert"] = answer.Expert;
        headers["x-orchestrator-policy"] = answer.Plan.Policy;
        headers["x-orchestrator-confidence"] = answer.Confidence.ToString("F3", CultureInfo.InvariantCulture);
        headers["x-orchestrator-wait-ms"] = answer.Trace.Waited.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture);
        if (answer.Trace.Variant is { } variant) headers["x-orchestrator-variant"] = variant;
    }
}
