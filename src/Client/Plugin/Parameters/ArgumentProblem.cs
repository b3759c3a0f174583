using System.Text.Json;

namespace Orchestrator.Client.Plugin.Parameters;

/// <summary>An argument is missing or wrong; the message names it and what is allowed.</summary>
sealed class ArgumentProblem(string message) : Exception(message)
{
    const int LongestShown = 100;

    public static ArgumentProblem Missing(string path, string description) => new($"The argument '{path}' is missing. {description}");

    public static ArgumentProblem Wrong(string path, JsonElement value, string allowed)
    {
        var given = value.GetRawText();
        return new($"The argument '{path}' must be {allowed}, not {(given.Length <= LongestShown ? given : given[..LongestShown] + "…")}.");
    }
}
