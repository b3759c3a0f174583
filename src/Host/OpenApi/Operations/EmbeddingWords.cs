using Orchestrator.Host.OpenAi;
using Orchestrator.Host.OpenApi.Schemas;
using static Orchestrator.Host.OpenApi.Schemas.TypeWords;

namespace Orchestrator.Host.OpenApi.Operations;

static class EmbeddingWords
{
    public static IEnumerable<TypeWords> All { get; } =
    [
        For<EmbeddingReply>("Vectors of one space.",
            ("object", "Always list."), ("data", "In the order of the texts."), ("model", "The expert that made all of them, or what was asked for where several did."),
            ("space", "Where the vectors can be compared."), ("usage", "Tokens that were read.")),
        For<EmbeddingItem>("A text's vector.",
            ("object", "Always embedding."), ("index", "Of the text."), ("embedding", "Numbers, or their bytes as little-endian singles in base64."), ("expert", "Who made it."),
            ("route", "Why that expert, where one was chosen.")),
        For<EmbeddingRouteDetails>("Why a query was embedded by its expert.",
            ("domain", "Of the nearest pilot."), ("similarity", "Cosine with the nearest pilot of the expert that ranked first."),
            ("fallback", "Whether the base embeds it for want of a better choice."), ("reasons", "In sentences.")),
        For<EmbeddingUsage>("Tokens that were read.", ("prompt_tokens", "Read."), ("total_tokens", "The same.")),
        For<RerankReply>("Documents by a query.",
            ("model", "The expert that embedded the query."), ("space", "Of all vectors."), ("usage", "Tokens that were read."), ("results", "The nearest first; equal ones in their given order.")),
        For<RerankedDocument>("A document.",
            ("index", "Its place in the request, from 0."), ("relevance_score", "Cosine with the query, -1 to 1."), ("document", "Where it was asked for.")),
        For<RerankedText>("A document's text.", ("text", "As it was given.")),
    ];
}
