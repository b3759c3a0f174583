using System.CommandLine;

namespace Orchestrator.Host.Commands;

/// <summary><c>orchestrator train</c>: what can be learned from recorded outcomes without running a model.</summary>
static class TrainCommand
{
    public static Command Create() => new("train", "Learn from what profiling recorded; no model runs")
    {
        TrainCompositionCommand.Create(),
        TrainAutoCommand.Create(),
    };
}
