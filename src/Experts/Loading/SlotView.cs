namespace Orchestrator.Experts.Loading;

enum SlotPhase
{
    Cold,
    Loading,
    Resident,
    Unloading,
}

/// <summary>One expert as the planner sees it.</summary>
/// <param name="Bytes">What it holds on the device, or would hold: measured once it was loaded, estimated before.</param>
/// <param name="Active">Requests running on it.</param>
/// <param name="LastUsed">Number of the request that last got it; grows over all experts.</param>
/// <param name="Fresh">Just loaded: nobody got it yet.</param>
/// <param name="Broken">Its model answers no more and has to be loaded afresh.</param>
readonly record struct SlotView(
    SlotPhase Phase, long Bytes, int Active, long LastUsed, bool Fresh = false, bool Broken = false);

/// <summary>What to do now. Slots and waiters are given by their index.</summary>
/// <param name="Grants">Waiters whose expert is ready.</param>
/// <param name="TooLarge">Waiters whose expert can never fit.</param>
/// <param name="Loads">Cold slots for which there is room.</param>
/// <param name="Unloads">Idle resident slots that are broken or whose room is needed.</param>
/// <param name="Draining">Busy resident slots that are broken or whose room is needed: they take no new request.</param>
sealed record ResidencyPlan(
    IReadOnlyList<int> Grants,
    IReadOnlyList<int> TooLarge,
    IReadOnlyList<int> Loads,
    IReadOnlyList<int> Unloads,
    IReadOnlySet<int> Draining);
