using System.CommandLine;
using Orchestrator.Bench.Evidence;
using Orchestrator.Bench.Loading;
using Orchestrator.Bench.Overhead;
using Orchestrator.Bench.Recruiting;
using Orchestrator.Bench.Retrieval;
using Orchestrator.Bench.Routing;
using Orchestrator.Bench.Routing.Drift;
using Orchestrator.Bench.Routing.Novelty;
using Orchestrator.Bench.Routing.Speed;
using Orchestrator.Bench.Scheduling;
using Orchestrator.Bench.Thoughts;
using Orchestrator.Bench.Thoughts.Scaling;
using Orchestrator.Bench.Zoo;

var root = new RootCommand("Measurements of Orchestrator on its own zoo; run from the root of the repository.")
{
    RoutingCommand.Create(),
    SkillsCommand.Create(),
    DriftCommand.Create(),
    SpeedCommand.Create(),
    RetrievalRoutingCommand.Create(),
    EvidenceCommand.Create(),
    NoveltyCommand.Create(),
    SearchCommand.Create(),
    ZooCommand.Create(),
    ResidencyCommand.Create(),
    SchedulingCommand.Create(),
    AblationCommand.Create(),
    AddingCommand.Create(),
    GroupingCommand.Create(),
    ThoughtsCommand.Create(),
    ScalingCommand.Create(),
    OverheadCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
