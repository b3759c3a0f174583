using System.Globalization;
using Orchestrator.Experts;

namespace Orchestrator.Host.Pipeline;

/// <summary>Why an answer has not begun, in a few words without line breaks.</summary>
static class WaitWords
{
    /// <param name="expert">Null where a new configuration has removed it.</param>
    /// <param name="hasModel">Whether the request waits no more and its prompt is being read.</param>
    public static string Of(string id, ExpertSnapshot? expert, bool hasModel) => expert switch
    {
        _ when hasModel => $"{id} reads the prompt",
        null => $"waiting for {id}",
        { Residency: Residency.Loading } =>
            string.Create(CultureInfo.InvariantCulture, $"loading {id}, {Math.Floor(100 * (expert.LoadProgress ?? 0)):F0}%"),
        { Residency: Residency.Resident } =>
            string.Create(CultureInfo.InvariantCulture, $"queued for {id}, {expert.WaitingRequests} wait"),
        _ => $"waiting for room to load {id}",
    };
}
