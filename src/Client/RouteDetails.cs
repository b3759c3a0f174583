using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;
using Orchestrator.Client.Wire;

namespace Orchestrator.Client;

/// <summary>
/// Who answered and why, in the properties of a <see cref="ChatResponse"/> and its message, or of a <see cref="ChatResponseUpdate"/>,
/// under <see cref="Key"/>. Where updates are put together again, the message has what they told.
/// </summary>
public sealed record RouteDetails
{
    public const string Key = "orchestrator.route";

    /// <summary>
    /// For the <see cref="JsonSerializerOptions.TypeInfoResolverChain"/> of whoever writes answers down, such as a cache, in a program
    /// without reflection-based JSON (trimmed or AOT).
    /// </summary>
    public static IJsonTypeInfoResolver JsonTypes => RouteJson.Default;

    /// <summary>The policy that chose; <c>direct</c> where an expert was asked by its id. Null when the server is another than Orchestrator.</summary>
    public string? Policy { get; init; }

    /// <summary>Who answered; of a panel the one whose answer the message is.</summary>
    public string? Expert { get; init; }

    /// <summary>How sure the policy is that this expert answers well, 0 to 1.</summary>
    public double? Confidence { get; init; }

    /// <summary>
    /// Whether there is an expert for such questions: <c>covered</c>, <c>wrong-specialist</c>, <c>no-specialist</c> or <c>novel</c>;
    /// null where that is not judged.
    /// </summary>
    public string? Coverage { get; init; }

    /// <summary>Of the question from those that the experts were tried on; <see cref="Coverage"/> is judged by it.</summary>
    public double? Distance { get; init; }

    /// <summary>In the queue and for the expert to load.</summary>
    public TimeSpan? Waited { get; init; }

    /// <summary>The low-precision variant that answered; null is the expert itself.</summary>
    public string? Variant { get; init; }

    /// <summary>
    /// Experts that were asked one after the other until there was evidence enough, by policies with <c>evidence</c>; empty for all others.
    /// Who answered beside the expert is in <see cref="Panel"/>.
    /// </summary>
    public IReadOnlyList<string> Asked { get; init; } = [];

    /// <summary>By which the service's log knows the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>The report on a panel: its members' answers, how they were merged, costs, passages found. Null when one expert was asked once.</summary>
    public JsonElement? Panel { get; init; }
}

/// <summary>Finds the route of an answer.</summary>
public static class RouteDetailsExtensions
{
    /// <returns>Null when the answer is of another client.</returns>
    public static RouteDetails? GetRoute(this ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return Find(response.AdditionalProperties)
            ?? response.Messages.Reverse().Select(message => Find(message.AdditionalProperties)).FirstOrDefault(route => route is not null);
    }

    /// <returns>Null in all updates but the first, and one that adds the report on a panel.</returns>
    public static RouteDetails? GetRoute(this ChatResponseUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return Find(update.AdditionalProperties);
    }

    static RouteDetails? Find(AdditionalPropertiesDictionary? properties) => properties?.GetValueOrDefault(RouteDetails.Key) switch
    {
        RouteDetails route => route,
        // An answer that a cache wrote down and read again.
        JsonElement json => json.Deserialize(RouteJson.Default.RouteDetails),
        _ => null,
    };
}
