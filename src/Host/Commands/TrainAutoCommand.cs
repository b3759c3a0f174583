using System.CommandLine;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Evaluation.Statistics;
using Orchestrator.Jobs.Training;
using Orchestrator.Router.Routing.Automatic;

namespace Orchestrator.Host.Commands;

/// <summary><c>orchestrator train auto</c>: chooses the strategy that policies of the strategy <c>auto</c> follow.</summary>
static class TrainAutoCommand
{
    static readonly Option<string?> Out = new("--out", "-o")
    {
        Description = "Where the choice is kept (default: router.auto of the configuration)",
    };

    public static Command Create()
    {
        var command = new Command("auto", "Choose the strategy that does best on profiled questions held out of its fit") { Out, ConfigOption.Value };
        command.SetAction((parsed, cancellationToken) => RunAsync(ConfigOption.Read(parsed), parsed, cancellationToken));
        return command;
    }

    static async Task<int> RunAsync(OrchestratorConfig config, ParseResult parsed, CancellationToken cancellationToken)
    {
        var path = parsed.GetValue(Out) ?? config.Router.Auto
            ?? throw new ConfigException(["There is nowhere to write to: give --out or set router.auto."]);
        ProfileOutput.KeepInputs([path], config.Path, config.Router.Outcomes);
        ProfileOutput.Check(path);
        var outcomes = TrainingInput.Outcomes(config);
        var candidates = AutoGrid.Candidates;
        var done = 0;
        var space = await TrainingInput.SpaceAsync(config, outcomes, cancellationToken);
        var choice = new AutoTraining(outcomes, space, new BootstrapOptions()).Choose(
            candidates, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), strategy =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                Console.Error.WriteLine($"{++done} of {candidates.Count}: {strategy}");
            });
        Console.WriteLine(AutoReport.Text(choice));
        AutoChoiceFile.Write(path, choice);
        return ExitCodes.Ok;
    }
}
