using Orchestrator.Experts;

namespace Orchestrator.Host.OpenAi;

/// <summary>OpenAI's <c>service_tier</c>: <c>flex</c> can wait.</summary>
static class ServiceTier
{
    public static RequestClass Read(JsonFields fields) => fields.String("service_tier") switch
    {
        null or "auto" or "default" or "priority" => RequestClass.Interactive,
        "flex" => RequestClass.Batch,
        _ => throw fields.OutOfRange("service_tier", fields.Find("service_tier")!.Value, "one of auto, default, flex, priority"),
    };
}
