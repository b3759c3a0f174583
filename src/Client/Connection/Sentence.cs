namespace Orchestrator.Client.Connection;

/// <summary>Words of others, which end as they like, within messages of several sentences.</summary>
static class Sentence
{
    public static string Of(string words) => words.TrimEnd() is var text && text is [] or [.., '.' or '!' or '?' or '…' or '>'] ? text : $"{text}.";
}
