using System.Text.Json;

namespace Orchestrator.Experts.Trial;

/// <summary>What the trial process prints for each file, one JSON object a line: <c>{"file":"…","refusal":null,"memory":{…}}</c>.</summary>
public sealed record TrialLine(string File, string? Refusal, TrialMemory? Memory = null)
{
    public string ToJson() => JsonSerializer.Serialize(this, TrialJson.Default.TrialLine);

    /// <summary>Null when the line is something else, such as what a library prints.</summary>
    public static TrialLine? TryParse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, TrialJson.Default.TrialLine) is { File: not null } parsed ? parsed : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
