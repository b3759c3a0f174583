using System.CommandLine;

namespace Orchestrator.Host.Commands;

/// <summary><c>orchestrator train</c>: what can be learned without a gradient, from recorded outcomes or by answering questions.</summary>
static class TrainCommand
{
    public static Command Create() => new("train", "Learn from what was recorded or is answered now; models stay as they are")
    {
        TrainCompositionCommand.Create(),
        TrainAutoCommand.Create(),
        TrainGateCommand.Create(),
        TrainPilotsCommand.Create(),
    };
}
