using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Commands;
using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Evaluation.Arms;
using Orchestrator.Jobs.Evaluation.Results;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Bench.Recruiting;

/// <summary><c>ablations</c>: what each part of Symbolic-MoE is worth on questions that were never profiled.</summary>
static class AblationCommand
{
    static readonly Option<string> Config = new("--config") { DefaultValueFactory = _ => "configs/orchestrator.yaml" };
    static readonly Option<string> Policy = new("--policy") { DefaultValueFactory = _ => "symbolic-moe" };
    static readonly Option<string> Questions = new("--questions") { DefaultValueFactory = _ => "models/data/test.jsonl" };
    static readonly Option<string> Folder = new("--results") { DefaultValueFactory = _ => "artifacts/bench/ablations" };
    static readonly Option<int> Seed = new("--seed") { DefaultValueFactory = _ => 1 };
    static readonly Option<int> Threads = new("--threads") { DefaultValueFactory = _ => Environment.ProcessorCount };
    static readonly Option<string?> Out = new("--out") { Description = "Markdown file to write as well" };

    public static Command Create()
    {
        var command = new Command("ablations", "Symbolic-MoE with one part exchanged at a time")
        {
            Config, Policy, Questions, Folder, Seed, Threads, Out,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        OrchestratorConfig read = ConfigReader.Read(parsed.GetValue(Config)!);
        PolicyConfig whole = read.Policies.FirstOrDefault(policy => policy.Name == parsed.GetValue(Policy))
            ?? throw new ConfigException([$"there is no policy '{parsed.GetValue(Policy)}'"]);
        OrchestratorConfig config = read with
        {
            Policies = Ablations.Of(whole, [.. read.Answering], parsed.GetValue(Seed)),
            Engine = read.Engine with { Threads = parsed.GetValue(Threads) },
        };
        OutcomeTable profile = OutcomeFile.Read(config.Router.Outcomes!);
        string file = parsed.GetValue(Questions)!;
        var dataset = EvalDataset.Of(Path.GetFileName(file), QuestionFile.Read(file));
        if (Leakage.Find(dataset.Questions, profile) is { Count: > 0 } profiled)
            throw new InvalidOperationException($"{profiled.Count} of the questions were profiled, such as '{profiled[0]}'.");
        EvalOutput output = EvalOutput.Open(parsed.GetValue(Folder)!);
        var options = new EvalOptions { Policies = [.. config.Policies.Select(policy => policy.Name)], Baselines = false };
        int code = await new EvalRun(config, TimeProvider.System, NullLoggerFactory.Instance).RunAsync(
            dataset, options,
            (experts, all) => new EvalSubjects
            {
                Policies = config.Policies,
                Experts = experts,
                All = all,
                Profile = profile,
                Fingerprint = $"{EvalFingerprint.Of(config)};{string.Join(';', config.Policies.Select(Written))}",
            },
            output, cancellationToken);
        Report.Write(Describe(ResultFile.Read(output.Result)), parsed.GetValue(Out));
        return code;
    }

    static string Describe(EvalResult result)
    {
        GroupSummary all = EvalSummary.Of(result).All;
        string whole = result.Facts.Policies[0].Name;
        return
            $"""
            # Ablations of `{whole}` on {all.Count} held-out questions

            {Machine.Describe(TimeProvider.System)}
            - {result.Facts.Dataset}; percent with 95% bootstrap intervals; the difference is paired, question by question
            - calls and tokens (read and written) a question, those of tagging and merging included


            """ + Report.Table(
                ["policy", "strategy", "panel", "merged by", "accuracy", $"minus {whole}", "calls", "tokens"],
                result.Facts.Policies.Select(policy =>
                {
                    ArmTotals arm = result.Facts.Arms.First(arm => arm.Arm == policy.Name);
                    return (string[])
                    [
                        policy.Name, policy.Strategy, $"{policy.Panel}",
                        policy.Panel == 1 ? "–" : policy.AggregatorExpert is { } expert ? $"{policy.Aggregator} ({expert})" : policy.Aggregator,
                        Scores.Told(all.Means[policy.Name]), policy.Name == whole ? "–" : Scores.Gain(result, policy.Name, result, whole),
                        Number((double)arm.Calls / arm.Items), Number((double)arm.Tokens / arm.Items),
                    ];
                }));
    }

    static string Number(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    static string Written(PolicyConfig policy) =>
        $"{policy.Name} {policy.Strategy} {policy.Panel} {policy.Aggregator} {policy.AggregatorExpert} {string.Join(',', policy.Options)}";
}
