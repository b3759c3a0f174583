using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;
using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Evaluation.Arms;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Training;
using Orchestrator.Router.Gating;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.Commands;

/// <summary><c>orchestrator train gate</c>: when passages of a policy's collection help with its questions.</summary>
static class TrainGateCommand
{
    static readonly Argument<string> Data = new("file")
    {
        Description = "Labelled validation questions, JSON Lines as for eval; with and without an answer in the collection",
    };

    static readonly Option<string> Policy = new("--policy", "-p") { Description = "Policy with a collection", Required = true };
    static readonly Option<string?> Out = new("--out", "-o") { Description = "Where gates are kept (default: retrieval.gates of the configuration)" };
    static readonly Option<double> Price = CreatePrice();

    public static Command Create()
    {
        var command = new Command("gate", "Fit when passages help, by answering questions with them and without") { Data, Policy, Price, Out, ConfigOption.Value };
        command.SetAction((parsed, cancellationToken) => RunAsync(ConfigOption.Read(parsed), parsed, cancellationToken));
        return command;
    }

    static async Task<int> RunAsync(OrchestratorConfig config, ParseResult parsed, CancellationToken cancellationToken)
    {
        var path = parsed.GetValue(Out) ?? config.Retrieval.Gates
            ?? throw new ConfigException(["There is nowhere to write to: give --out or set retrieval.gates."]);
        var file = parsed.GetValue(Data)!;
        ProfileOutput.KeepInputs([path], config.Path, file);
        ProfileOutput.Check(path);
        var name = parsed.GetValue(Policy)!;
        var policy = config.Policies.FirstOrDefault(known => known.Name == name) ?? throw new RouterException(
            RouterFailure.UnknownPolicy, $"No policy is called '{name}'; there are {string.Join(", ", config.Policies.Select(known => known.Name))}.");
        var (always, never) = GateTraining.Arms(policy);
        var dataset = EvalDataset.Of(Path.GetFileName(file), QuestionFile.Read(file, judged: true));
        RetrievalGate gate;
        try
        {
            gate = await FitAsync(config with { Policies = [.. config.Policies, always, never] }, policy, dataset, parsed.GetValue(Price), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped. The same command goes on where it was.");
            return ExitCodes.Cancelled;
        }

        GateFile.Write(path, name, gate);
        Console.WriteLine(Words(gate));
        Console.WriteLine(path);
        return ExitCodes.Ok;
    }

    static async Task<RetrievalGate> FitAsync(
        OrchestratorConfig config, PolicyConfig policy, EvalDataset dataset, double price, CancellationToken cancellationToken)
    {
        var (time, loggers) = (TimeProvider.System, NullLoggerFactory.Instance);
        var builder = new ServiceBuilder(config, time, loggers);
        using var runtime = builder.StartRuntime();
        await using var spaces = builder.CreateSpaces(runtime);
        var learned = await builder.LoadLearnedAsync(spaces, cancellationToken);
        await using var pool = await builder.StartPoolAsync(runtime, spaces, cancellationToken);
        await using var collections = new OpenedCollections(config, time);
        await collections.CheckAsync([policy], cancellationToken);
        var place = JobPlaces.Of(builder.Assemble(pool, learned), collections);
        await using var jobs = JobService.Open(config.Jobs, () => place, time, loggers);
        var progress = new EvalProgressBar(Console.Error, rewrites: !Console.IsErrorRedirected);
        try
        {
            var runner = new JobArmRunner(jobs, pool, JobFolder.Of(config.Jobs), time);
            return await new GateTraining(runner, EvalFingerprint.Of(config)).RunAsync(policy, dataset, price, progress, cancellationToken);
        }
        finally
        {
            progress.End();
        }
    }

    static string Words(RetrievalGate gate)
    {
        var facts = gate.Fitted;
        return string.Create(CultureInfo.InvariantCulture,
            $"{facts.Questions} questions: right without passages {facts.Never:P1}, always with them {facts.Always:P1}, by the gate {facts.Gated:P1} "
            + $"(questions that it had not seen), which retrieves for {facts.Retrieved:P1}.");
    }

    static Option<double> CreatePrice()
    {
        var option = new Option<double>("--price")
        {
            Description = "What passages cost, in shares of a right answer: less expected gain does not retrieve",
            DefaultValueFactory = _ => 0.01,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var price) && price is >= 0 and < 1))
                result.AddError($"--price is '{result.Tokens[0].Value}', allowed is a number from 0 to below 1.");
        });
        return option;
    }
}
