namespace Orchestrator.Client.Plugin.Results;

/// <summary>Keeps what a model reads small, and says what is missing.</summary>
static class Brief
{
    /// <param name="most">Characters of the text that stay.</param>
    public static string Text(string text, int most)
    {
        if (text.Length <= most) return text;
        // A character of two halves stays whole or goes.
        var end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return $"{text[..end]}… [{text.Length - end} more characters]";
    }

    public static string? TextOrNull(string? text, int most) => text is null ? null : Text(text, most);

    /// <returns>All that are not null, as one; null where there is none.</returns>
    public static string? Joined(params IReadOnlyList<string?> parts) =>
        string.Join("; ", parts.Where(part => part is not null)) is { Length: > 0 } joined ? joined : null;

    /// <returns>Null where nothing is left out.</returns>
    public static string? LeftOut(int all, int shown, string what) => all > shown ? $"{all - shown} of {all} {what}" : null;
}
