using Microsoft.OpenApi;
using Orchestrator.Host.Api;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.OpenApi.Schemas;

namespace Orchestrator.Host.OpenApi.Operations;

/// <summary>Headers of requests that are routed, beyond OpenAI's API.</summary>
static class RequestHeaders
{
    public static OpenApiParameter[] Routed { get; } =
    [
        Parameter.Header(VariantHeader.Name, Schema.Text("Whether a low-precision variant of an expert may answer when memory is short; without it one may.", "allow", "never")),
        Parameter.Header(SkillsHeader.Name, Schema.Text("What the question needs, in up to 16 phrases separated by commas, such as 'antonyms, capitals'; for policies that recruit by skill.")),
        Parameter.Header(WishesHeaders.Prefer, Schema.Text($"What to want less of, with a weight each: {WishesText.Allowed}; for policies that weigh it.")),
        Parameter.Header(WishesHeaders.Licence, Schema.Text("Only experts of one of these licences, separated by commas, such as 'apache-2.0, mit'; for policies that know licences.")),
    ];
}
