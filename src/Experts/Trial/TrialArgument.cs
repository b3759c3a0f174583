using System.Text.Json;

namespace Orchestrator.Experts.Trial;

/// <summary>
/// A candidate as the trial program's command line has it: the path alone, as a person would type it, or, when there is
/// more to say, <c>{"file":"…","chatTemplate":"…", …}</c>.
/// </summary>
public static class TrialArgument
{
    public static string Write(TrialCandidate candidate) =>
        candidate.IsPlain && !candidate.File.StartsWith('{')
            ? candidate.File
            : JsonSerializer.Serialize(candidate, TrialJson.Default.TrialCandidate);

    /// <exception cref="FormatException">It begins as JSON but is no candidate.</exception>
    public static TrialCandidate Parse(string argument)
    {
        if (!argument.StartsWith('{'))
            return new TrialCandidate(argument);
        try
        {
            return JsonSerializer.Deserialize(argument, TrialJson.Default.TrialCandidate) is { File: not null } candidate
                ? candidate
                : throw new FormatException($"'{argument}' names no file");
        }
        catch (JsonException e)
        {
            throw new FormatException($"'{argument}' is neither a path nor a candidate in JSON", e);
        }
    }
}
