using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Bench.Loading.Choice;
using Orchestrator.Experts;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Local;
using Orchestrator.Host.Composition;
using Orchestrator.Host.Embedding;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Jobs.Running;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Bench.Recruiting;

/// <summary><c>grouping</c>: a job of a policy over the whole pool with memory for few experts, expert by expert and item by item.</summary>
static class GroupingCommand
{
    /// <summary>Beside whole experts, so that an estimate a little above the truth does not cost a place.</summary>
    const double Spare = 0.4;

    static readonly Option<string> Config = new("--config") { DefaultValueFactory = _ => "configs/orchestrator.yaml" };
    static readonly Option<string> Policy = new("--policy") { DefaultValueFactory = _ => "symbolic-moe" };
    static readonly Option<int> Items = new("--items") { DefaultValueFactory = _ => 2000 };
    static readonly Option<int> NaiveCount = new("--naive-items") { DefaultValueFactory = _ => 60, Description = "A sample that stands for all" };
    static readonly Option<int> Loaded = new("--loaded") { DefaultValueFactory = _ => 3, Description = "Experts that fit in memory" };
    static readonly Option<TimeSpan> LoadDelay = new("--load-delay")
    {
        Description = "Delays every load, as a large model's would take (0:0:2); files of the zoo load in milliseconds",
    };

    static readonly Option<int> Seed = new("--seed") { DefaultValueFactory = _ => 1 };
    static readonly Option<string?> Out = new("--out") { Description = "Markdown file to write as well" };

    public static Command Create()
    {
        var command = new Command("grouping", "A job of a policy: expert by expert, and item by item")
        {
            Config, Policy, Items, NaiveCount, Loaded, LoadDelay, Seed, Out,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        OrchestratorConfig read = ConfigReader.Read(parsed.GetValue(Config)!);
        var naming = new ServiceBuilder(read, TimeProvider.System, NullLoggerFactory.Instance, trial: new Pool.TrustedFiles());
        using LlamaRuntime runtime = naming.StartRuntime();
        OrchestratorConfig config = read with
        {
            Memory = read.Memory with { Budget = await BudgetAsync(naming, runtime, parsed.GetValue(Loaded), cancellationToken) },
        };
        var loader = new DelayingLoader(
            new LlamaModelLoader(runtime, NullLoggerFactory.Instance), parsed.GetValue(LoadDelay), TimeProvider.System);
        var builder = new ServiceBuilder(config, TimeProvider.System, NullLoggerFactory.Instance, loader, new Pool.TrustedFiles());
        JobItem[] items = Questions(parsed.GetValue(Policy)!, parsed.GetValue(Items), parsed.GetValue(Seed));

        JobReport report;
        IReadOnlyList<JobAnswer> answers;
        await using QuestionSpaces spaces = builder.CreateSpaces(runtime);
        Learned learned = await builder.LoadLearnedAsync(spaces, cancellationToken);
        await using (ExpertPool pool = await builder.StartPoolAsync(runtime, cancellationToken))
            (report, answers) = await GroupedJob.RunAsync(config, builder.Assemble(pool, learned), items, cancellationToken);
        (JobItem, JobAnswer)[] sample = [.. items.Zip(answers).Take(parsed.GetValue(NaiveCount))];
        await using ExpertPool fresh = await builder.StartPoolAsync(runtime, cancellationToken);
        Service service = builder.Assemble(fresh, learned);
        // What the process compiles at its first items is no cost of these ways.
        await NaiveItems.RunAsync(service, unload: true, sample[..1], cancellationToken);
        var naive = await NaiveItems.RunAsync(service, unload: true, sample, cancellationToken);
        var kept = await NaiveItems.RunAsync(service, unload: false, sample, cancellationToken);
        Report.Write(Describe(parsed, config, report, items.Length, sample.Length, naive, kept), parsed.GetValue(Out));
        return 0;
    }

    static string Describe(
        ParseResult parsed, OrchestratorConfig config, JobReport report, int items, int sampled,
        (double Milliseconds, long Loads) naive, (double Milliseconds, long Loads) kept)
    {
        double grouped = report.WallTime.TotalMilliseconds / items;
        return
            $"""
            # A job of {items} items by `{parsed.GetValue(Policy)}`: expert by expert, and item by item

            {Machine.Describe(TimeProvider.System)}
            - {config.Experts.Count} experts, memory for {parsed.GetValue(Loaded)} of the largest ({config.Memory.Budget / 1e6:0.0} MB)
            - every load is delayed by {parsed.GetValue(LoadDelay).TotalSeconds:0.##} s
            - expert by expert: the service's job runner, SQLite and messages included; {report.Failed} of the items failed
            - item by item: each expert that an item needs is loaded for it and unloaded after it; or what fits is kept and the least
              useful gives way; the first {sampled} items stand for all


            """ + Report.Table(
                ["way", "ms/item", "× item by item", "loads/item"],
                [
                    ["item by item", Number(naive.Milliseconds), "1.0", Number((double)naive.Loads / sampled)],
                    ["item by item, keeping what fits", Number(kept.Milliseconds), Number(naive.Milliseconds / kept.Milliseconds), Number((double)kept.Loads / sampled)],
                    ["expert by expert", Number(grouped), Number(naive.Milliseconds / grouped), $"{(double)Loads(report) / items:0.0000}"],
                ])
            + "\n" + Report.Table(
                ["stage", "calls", "seconds", "experts loaded", "loads", "loads/expert", "most loads of one"],
                report.Stages.Select(stage => (string[])
                [
                    stage.Stage.ToString().ToLowerInvariant(), $"{stage.Calls}", Number(stage.WallTime.TotalSeconds), $"{stage.Loads.Count}",
                    $"{stage.Loads.Values.Sum()}",
                    stage.Loads.Count == 0 ? "–" : $"{(double)stage.Loads.Values.Sum() / stage.Loads.Count:0.00}",
                    $"{stage.Loads.Values.DefaultIfEmpty().Max()}",
                ]))
            + $"\nPeak of loaded models: {report.PeakBytes / 1e6:0.0} MB. Wall time of the whole job: {Number(report.WallTime.TotalSeconds)} s.\n";
    }

    static long Loads(JobReport report) => report.Stages.Sum(stage => stage.Loads.Values.Sum());

    static async Task<long> BudgetAsync(ServiceBuilder builder, LlamaRuntime runtime, int loaded, CancellationToken cancellationToken)
    {
        await using ExpertPool pool = await builder.StartPoolAsync(runtime, cancellationToken);
        return (long)((loaded + Spare) * pool.Snapshot().Max(expert => expert.ExpectedBytes));
    }

    /// <summary>All questions of the zoo in a random order.</summary>
    static JobItem[] Questions(string policy, int count, int seed)
    {
        ProfileQuestion[] all =
        [
            .. ((string[])["test", "validation", "mixed"]).SelectMany(set => QuestionFile.Read($"models/data/{set}.jsonl")
                .Select(question => question with { Id = $"{set}/{question.Id}" })),
        ];
        new Random(seed).Shuffle(all);
        return
        [
            .. all.Take(count).Select(question => new JobItem
            {
                Key = question.Id,
                Model = policy,
                Request = new GenerationRequest { Messages = [new ChatTurn("user", question.Question)] },
            }),
        ];
    }

    static string Number(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
