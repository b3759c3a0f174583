using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Bench.Pool;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Commands;
using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Evaluation.Results;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Bench.Recruiting;

/// <summary><c>adding</c>: what it takes to add an expert to a pool, and what it changes.</summary>
static class AddingCommand
{
    static readonly Option<string> Config = new("--config") { DefaultValueFactory = _ => "configs/orchestrator.yaml" };
    static readonly Option<string> Added = new("--expert") { DefaultValueFactory = _ => "consul", Description = "The one that is new" };
    static readonly Option<string[]> Policies = new("--policy") { DefaultValueFactory = _ => ["symbolic-moe", "auto"] };
    static readonly Option<string> Profiled = new("--data") { DefaultValueFactory = _ => "models/data/validation.jsonl" };
    static readonly Option<string> Questions = new("--questions") { DefaultValueFactory = _ => "models/data/test.jsonl" };
    static readonly Option<string?> Out = new("--out") { Description = "Markdown file to write as well" };

    public static Command Create()
    {
        var command = new Command("adding", "An expert joins a profiled pool: only its own column is run")
        {
            Config, Added, Policies, Profiled, Questions, Out,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("orchestrator-bench-").FullName;
        try
        {
            string added = parsed.GetValue(Added)!;
            string outcomes = Path.Combine(folder, "outcomes.jsonl");
            OrchestratorConfig read = ConfigReader.Read(parsed.GetValue(Config)!);
            OutcomeFile.Write(outcomes, OutcomeFile.Read(read.Router.Outcomes!).WithoutExpert(added));
            OrchestratorConfig after = read with
            {
                Router = read.Router with { Outcomes = outcomes },
                Jobs = read.Jobs with { Folder = Path.Combine(folder, "jobs") },
            };
            OrchestratorConfig before = after with { Experts = [.. after.Experts.Where(expert => expert.Id != added)] };
            EvalResult without = await EvaluateAsync(before, parsed, Path.Combine(folder, "without"), cancellationToken);
            (TimeSpan took, IReadOnlyDictionary<string, int> asked) = await ProfileAsync(after, parsed.GetValue(Profiled)!, outcomes, cancellationToken);
            EvalResult with = await EvaluateAsync(after, parsed, Path.Combine(folder, "with"), cancellationToken);
            Report.Write(Describe(added, took, asked, without, with), parsed.GetValue(Out));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<EvalResult> EvaluateAsync(
        OrchestratorConfig config, ParseResult parsed, string folder, CancellationToken cancellationToken)
    {
        string file = parsed.GetValue(Questions)!;
        EvalOutput output = EvalOutput.Open(folder);
        await new EvalRun(config, TimeProvider.System, NullLoggerFactory.Instance).RunAsync(
            EvalDataset.Of(Path.GetFileName(file), QuestionFile.Read(file)),
            new EvalOptions { Policies = parsed.GetValue(Policies)!, Baselines = false },
            (experts, all) => new EvalSubjects
            {
                Policies = config.Policies,
                Experts = experts,
                All = all,
                Profile = OutcomeFile.Read(config.Router.Outcomes!),
                Fingerprint = $"{config.Experts.Count} {EvalFingerprint.Of(config)}",
            },
            output, cancellationToken);
        return ResultFile.Read(output.Result);
    }

    /// <returns>Time for all of it, loading included, and how many questions each expert was asked.</returns>
    static async Task<(TimeSpan Took, IReadOnlyDictionary<string, int> Asked)> ProfileAsync(
        OrchestratorConfig config, string data, string outcomes, CancellationToken cancellationToken)
    {
        var asked = new Counter();
        await using BenchPool pool = await BenchPool.StartAsync(config, Environment.ProcessorCount, cancellationToken);
        var answering = config.Answering.ToHashSet(StringComparer.Ordinal);
        long start = TimeProvider.System.GetTimestamp();
        await new ProfileJob(new ProfileOptions()).RunAsync(
            [.. pool.Experts.Where(expert => answering.Contains(expert.Id))], QuestionFile.Read(data), outcomes, "bench", asked, cancellationToken);
        return (TimeProvider.System.GetElapsedTime(start), asked.Questions);
    }

    static string Describe(string added, TimeSpan took, IReadOnlyDictionary<string, int> asked, EvalResult without, EvalResult with)
    {
        GroupSummary before = EvalSummary.Of(without).All, after = EvalSummary.Of(with).All;
        return
            $"""
            # `{added}` joins the pool

            {Machine.Describe(TimeProvider.System)}
            - profiling asked {string.Join(", ", asked.Where(pair => pair.Value > 0).Select(pair => $"`{pair.Key}` {pair.Value} questions"))}
              and nobody of the other {asked.Count(pair => pair.Value == 0)} experts, in {took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s, its load included
            - accuracy in percent on {after.Count} held-out questions, with 95% bootstrap intervals; the gain is paired


            """ + Report.Table(
                ["policy", "without", "with", "gain"],
                without.Facts.Policies.Select(policy => (string[])
                [
                    policy.Name, Scores.Told(before.Means[policy.Name]), Scores.Told(after.Means[policy.Name]),
                    Scores.Gain(with, policy.Name, without, policy.Name),
                ]));
    }

    sealed class Counter : IProgress<ProfileProgress>
    {
        public Dictionary<string, int> Questions { get; } = new(StringComparer.Ordinal);

        public void Report(ProfileProgress value) => Questions[value.Expert] = value.Questions;
    }
}
