using System.CommandLine;
using Orchestrator.Host.Commands;

var root = ServeCommand.Configure(new RootCommand("Orchestrator: many specialised local models as one better model. Without a command it serves."));
root.Subcommands.Add(ServeCommand.Create());
root.Subcommands.Add(InitCommand.Create());
root.Subcommands.Add(RouteCommand.Create());
root.Subcommands.Add(CoverageCommand.Create());
root.Subcommands.Add(ProfileCommand.Create());
root.Subcommands.Add(AggregatorCommand.Create());
root.Subcommands.Add(EvalCommand.Create());
root.Subcommands.Add(EvalRouterCommand.Create());
root.Subcommands.Add(EvalRetrievalCommand.Create());
root.Subcommands.Add(TrainCommand.Create());
root.Subcommands.Add(BatchCommand.Create());
root.Subcommands.Add(ModelsCommand.Create());
return await CommandRunner.RunAsync(root, args);
