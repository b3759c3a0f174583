namespace Orchestrator.Experts;

/// <summary>The beginning of a text of somebody else's in a message: enough to recognise it, not enough to flood a reply or a log.</summary>
public static class Excerpt
{
    /// <param name="longest">UTF-16 units, above 0; one less where the cut would halve a character.</param>
    public static string Of(string text, int longest) => text.Length <= longest
        ? text
        : $"{text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)]}…";
}
