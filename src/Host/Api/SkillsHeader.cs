using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Api;

/// <summary>
/// <c>x-orchestrator-skills</c>: what the question needs, in phrases separated by commas, for policies that recruit by skill.
/// </summary>
static class SkillsHeader
{
    public const string Name = "x-orchestrator-skills";

    /// <summary>A question needs a few; a bound keeps matching cheap.</summary>
    const int Most = 16;

    /// <exception cref="ApiException">400 for too many phrases.</exception>
    public static IReadOnlyList<string> Read(IHeaderDictionary headers)
    {
        var phrases = headers[Name].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return phrases.Length <= Most
            ? phrases
            : throw new ApiException(ApiError.Invalid(
                $"Invalid value for the header '{Name}': {phrases.Length} phrases given, at most {Most} are allowed.",
                Name,
                "invalid_value"));
    }
}
