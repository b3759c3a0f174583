using Orchestrator.Experts;
using Orchestrator.Host.Composition;
using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Api;

/// <summary><c>GET /running</c>: what holds memory or is about to, in llama-swap's envelope.</summary>
sealed class RunningEndpoint(ServiceState state)
{
    public IResult List() => Results.Json(
        new RunningList([.. state.Ready().Pool.Snapshot().Select(Entry).OfType<RunningModel>()]), WireJson.Wire.RunningList);

    /// <summary>Null when nothing of the expert is on the device; one that only a variant holds counts as that variant does.</summary>
    static RunningModel? Entry(ExpertSnapshot expert)
    {
        var variants = expert.Variants.Where(variant => OnDevice(variant.Residency)).ToList();
        if (!OnDevice(expert.Residency) && variants.Count == 0) return null;
        return new RunningModel(
            expert.Id,
            (OnDevice(expert.Residency) ? expert.Residency : variants[0].Residency).Word(),
            expert.ResidentBytes + variants.Sum(variant => variant.ResidentBytes),
            expert.ActiveRequests,
            expert.WaitingRequests)
        {
            LoadProgress = expert.LoadProgress,
            Variants = variants.Count == 0 ? null : [.. variants.Select(variant => variant.Name)],
        };
    }

    static bool OnDevice(Residency residency) => residency is Residency.Loading or Residency.Resident or Residency.Draining;
}
