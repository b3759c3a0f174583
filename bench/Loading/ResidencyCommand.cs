using System.CommandLine;
using Orchestrator.Bench.Loading.Choice;
using Orchestrator.Bench.Loading.Footprint;
using Orchestrator.Bench.Loading.Job;
using Orchestrator.Bench.Loading.Panels;
using Orchestrator.Bench.Loading.Prefetch;
using Orchestrator.Bench.Loading.Switching;
using Orchestrator.Bench.Loading.Traces;
using Orchestrator.Bench.Loading.Variants;

namespace Orchestrator.Bench.Loading;

/// <summary><c>residency</c>: many experts in less memory than they need, beside baselines measured in the same run.</summary>
static class ResidencyCommand
{
    public static Command Create() => new("residency", "Many experts in less memory than they need")
    {
        JobScenario.Create(), TracesScenario.Create(), SwitchScenario.Create(),
        MemoryScenario.Create(), PrefetchScenario.Create(),
        PanelsScenario.Create(),
        VariantsScenario.Create(),
        ChoiceScenario.Create(),
    };
}
