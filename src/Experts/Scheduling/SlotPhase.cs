namespace Orchestrator.Experts.Scheduling;

enum SlotPhase
{
    Cold,
    Loading,
    Resident,
    Unloading,
}
