using System.Globalization;
using Orchestrator.Experts;

namespace Orchestrator.Host.Pipeline;

/// <summary>Why an answer has not begun, in a few words without line breaks.</summary>
static class WaitWords
{
    /// <param name="expert">Null where a new configuration has removed it.</param>
    /// <param name="hasModel">Whether the request waits no more and its prompt is being read.</param>
    /// <param name="variants">Whether one of its variants may answer the request.</param>
    public static string Of(string id, ExpertSnapshot? expert, bool hasModel, bool variants) => expert switch
    {
        _ when hasModel => $"{id} reads the prompt",
        null => $"waiting for {id}",
        { Residency: Residency.Loading } =>
            string.Create(CultureInfo.InvariantCulture, $"loading {id}, {Math.Floor(100 * (expert.LoadProgress ?? 0)):F0}%"),
        { Residency: Residency.Resident } => Queued(id, expert),
        _ when variants && Find(expert, Residency.Resident) is not null => Queued(id, expert),
        _ when variants && Find(expert, Residency.Loading) is { } variant => $"loading {id}, variant {variant.Name}",
        _ => $"waiting for room to load {id}",
    };

    static string Queued(string id, ExpertSnapshot expert) =>
        string.Create(CultureInfo.InvariantCulture, $"queued for {id}, {expert.WaitingRequests} wait");

    static VariantSnapshot? Find(ExpertSnapshot expert, Residency residency) =>
        expert.Variants.FirstOrDefault(variant => variant.Residency == residency);
}
