using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;
using Orchestrator.Jobs.Aggregation;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Jobs.Profiling.Answers;

namespace Orchestrator.Host.Commands;

/// <summary><c>orchestrator aggregator</c>: which expert merges panels best; <c>choose</c> tests it, <c>show</c> prints it.</summary>
static class AggregatorCommand
{
    static readonly Option<string> Data = new("--data", "-d")
    {
        Description = "The labelled questions that were profiled",
        Required = true,
    };

    static readonly Option<string?> Answers = new("--answers")
    {
        Description = "Recorded answers of 'orchestrator profile' (default: router.answers of the configuration)",
    };

    static readonly Option<string?> Out = new("--out", "-o")
    {
        Description = "Where the choice is kept (default: router.aggregation of the configuration)",
    };

    static readonly Option<string[]> Expert = new("--expert", "-e") { Description = "Only this candidate; may be given several times, and the others' results stay" };
    static readonly Option<bool> Redo = new("--redo") { Description = "Test the candidates again, also where nothing has changed; replaces a damaged file" };

    static readonly Option<int> Items = new("--items", "-n")
    {
        Description = "Synthetic items at most, spread over the skills",
        DefaultValueFactory = _ => new AggregationOptions().Items,
        Validators =
        {
            result =>
            {
                if (result.GetValueOrDefault<int>() is < 1 or > 100_000) result.AddError("--items must be from 1 to 100000.");
            },
        },
    };

    public static Command Create()
    {
        var choose = new Command(
            "choose", "Test who merges one right and two wrong recorded answers best; only changed candidates are run again")
        {
            Data, Answers, Out, Expert, Items, Redo, ConfigOption.Value,
        };
        choose.SetAction((parsed, cancellationToken) => ChooseAsync(ConfigOption.Read(parsed), parsed, cancellationToken));
        var show = new Command("show", "Print the choice and how every candidate did") { ConfigOption.Value };
        show.SetAction(parsed => Show(ConfigOption.Read(parsed)));
        return new Command("aggregator", "Which expert merges the answers of a panel best") { choose, show };
    }

    static async Task<int> ChooseAsync(OrchestratorConfig config, ParseResult parsed, CancellationToken cancellationToken)
    {
        var questions = QuestionFile.Read(parsed.GetValue(Data)!);
        var answers = AnswerFile.Read(parsed.GetValue(Answers) ?? config.Router.Answers
            ?? throw new ConfigException(["No answers are recorded: give --answers or set router.answers in the configuration."]));
        var path = parsed.GetValue(Out) ?? config.Router.Aggregation
            ?? throw new ConfigException(["There is nowhere to write to: give --out or set router.aggregation."]);
        ProfileOutput.Check(path);
        var only = parsed.GetValue(Expert) ?? [];
        AggregatorChoosing.Check(config, only);
        var options = new AggregationOptions { Items = parsed.GetValue(Items), Redo = parsed.GetValue(Redo) };
        var builder = new ServiceBuilder(config, TimeProvider.System, NullLoggerFactory.Instance);
        using var runtime = builder.StartRuntime();
        await using var pool = await builder.StartPoolAsync(runtime, cancellationToken);
        var choice = await new AggregatorChoosing(config, pool, options).RunAsync(
            questions, answers, only, path, Path.GetFileName(parsed.GetValue(Data)!), cancellationToken);
        return choice.Items.Count == 0 || AggregatorChoosing.HasFailures(choice) ? ExitCodes.Failed : ExitCodes.Ok;
    }

    static int Show(OrchestratorConfig config)
    {
        var path = config.Router.Aggregation
            ?? throw new ConfigException(["router.aggregation is not set in the configuration, so no choice is kept."]);
        var choice = AggregationFile.Read(path);
        Console.WriteLine(choice is null ? $"No aggregator was chosen yet: there is no {path}." : AggregationTable.Of(choice));
        return choice is null ? ExitCodes.Failed : ExitCodes.Ok;
    }
}
