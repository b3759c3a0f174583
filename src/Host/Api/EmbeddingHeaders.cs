namespace Orchestrator.Host.Api;

/// <summary>Tells who embedded, and into which space, in headers that OpenAI's clients pass over.</summary>
static class EmbeddingHeaders
{
    public static void Write(IHeaderDictionary headers, IEnumerable<string> experts, string space)
    {
        headers["x-orchestrator-expert"] = string.Join(',', experts);
        headers["x-orchestrator-space"] = space;
    }
}
