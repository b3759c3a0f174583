using System.CommandLine;

namespace Orchestrator.Host.Commands;

/// <summary><c>orchestrator train</c>: what can be learned from outcomes, recorded ones or those of a search.</summary>
static class TrainCommand
{
    public static Command Create() => new("train", "Learn whom to ask from what profiling or a search found")
    {
        TrainCompositionCommand.Create(),
        TrainAutoCommand.Create(),
        TrainPilotsCommand.Create(),
    };
}
