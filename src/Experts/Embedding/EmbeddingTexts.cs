using Orchestrator.Experts.Configuration;

namespace Orchestrator.Experts.Embedding;

/// <summary>Texts as an expert wants to see them.</summary>
static class EmbeddingTexts
{
    /// <exception cref="ExpertException">They are documents, and the expert embeds queries alone.</exception>
    public static EmbeddingCall Prefixed(ExpertConfig expert, EmbeddingCall call)
    {
        if (call.Side == EmbeddedSide.Document && expert.QueriesFor is { } documents)
        {
            throw new ExpertException(
                ExpertFailure.InvalidRequest, expert.Id,
                $"the expert '{expert.Id}' embeds queries alone; documents of its space are embedded by '{documents}'");
        }

        var prefix = call.Side == EmbeddedSide.Query ? expert.QueryPrefix : expert.DocumentPrefix;
        return prefix.Length == 0 ? call : call with { Texts = [.. call.Texts.Select(text => prefix + text)] };
    }
}
