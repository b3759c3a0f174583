using Microsoft.Extensions.AI;

namespace Orchestrator.Client;

/// <summary>
/// Names for <see cref="ChatOptions.AdditionalProperties"/>: what the service takes beyond the members of
/// <see cref="ChatOptions"/>. Any other name goes over the wire as it is, when its value has a JSON form (a text, finite number,
/// truth value, date, word of an enum, <c>Guid</c>, <c>JsonElement</c>, <c>JsonNode</c>, or a list or dictionary of these), and the
/// service refuses what it does not know. Other objects are notes of middleware to itself, such as Semantic Kernel's, and stay here;
/// null is "not given". A field that a member has set already is refused.
/// </summary>
public static class OrchestratorOptions
{
    /// <summary>Least probability of a token beside that of the likeliest, 0 to 1.</summary>
    public const string MinP = "min_p";

    /// <summary>0.01 to 10; 1 is none.</summary>
    public const string RepeatPenalty = "repeat_penalty";

    /// <summary><c>flex</c> is batch work, which fills what interactive requests leave.</summary>
    public const string ServiceTier = "service_tier";

    /// <summary>What the question needs, as up to 16 short phrases: a list, or a text with commas, of at most 4,000 characters. For policies that recruit by skill.</summary>
    public const string Skills = "skills";

    /// <summary>What is wanted less of, as <c>size=0.2, latency=0.1</c>. For policies that weigh that.</summary>
    public const string Prefer = "prefer";

    /// <summary>Licences that an expert may have: a list, or a text with commas.</summary>
    public const string Licence = "licence";

    /// <summary><c>never</c> refuses low-precision variants, <c>allow</c> takes them.</summary>
    public const string Variants = "variants";
}
