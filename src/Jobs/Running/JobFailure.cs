using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Experts;

namespace Orchestrator.Jobs.Running;

/// <summary>Why an item, or one member of its panel, has no answer.</summary>
/// <param name="Expert">Who failed; empty where none was asked.</param>
public sealed record JobFailure(ExpertFailure Kind, string Expert, string Message)
{
    /// <summary>The kind in snake case, such as <c>prompt_too_long</c>.</summary>
    [JsonIgnore]
    public string Code => JsonNamingPolicy.SnakeCaseLower.ConvertName(Kind.ToString());

    public static JobFailure Of(ExpertException failure) => new(failure.Failure, failure.Expert, failure.Message);

    public ExpertException ToException() => new(Kind, Expert, Message);
}
