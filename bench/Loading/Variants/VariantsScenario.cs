using System.CommandLine;
using Orchestrator.Bench.Loading.Experts;
using Orchestrator.Bench.Loading.Traces;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Bench.Loading.Variants;

/// <summary><c>variants</c>: what low-precision twins lose in accuracy, and what they save when memory is short.</summary>
static class VariantsScenario
{
    static readonly Option<string> Questions = new("--questions") { DefaultValueFactory = _ => "models/data/test.jsonl" };

    static readonly Option<string> Validation = new("--validation")
    {
        DefaultValueFactory = _ => "models/data/validation.jsonl",
        Description = "The questions of the profile, whose sub-skills tell what is an expert's own",
    };

    static readonly Option<string> Cache = new("--cache") { DefaultValueFactory = _ => "artifacts/bench/variant-outcomes.jsonl" };
    static readonly Option<bool> Refresh = new("--refresh") { Description = "Ask experts and variants again" };

    static readonly Option<string[]> Kind = new("--trace")
    {
        DefaultValueFactory = _ => ["uniform", "zipf"],
        Description = $"Any of {string.Join(", ", TraceGenerator.Kinds)}",
        AllowMultipleArgumentsPerToken = true,
    };

    static readonly Option<double> Rate = new("--rate") { DefaultValueFactory = _ => 4, Description = "Arrivals a second" };
    static readonly Option<int> Seconds = new("--seconds") { DefaultValueFactory = _ => 20, Description = "Length of a trace" };

    static readonly Option<double[]> Loaded = new("--loaded")
    {
        Description = "Experts that fit in memory; when not given half and a quarter of them, with and without room for variants beside",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>Too little for a variant in four bits, and enough for two beside whole experts.</summary>
    static readonly double[] Spare = [0.4, 0.95];

    static VariantsScenario() => Kind.AcceptOnlyFromAmong([.. TraceGenerator.Kinds]);

    public static Command Create() => ScenarioContext.Command(
        "variants", "What low-precision variants lose in accuracy, and what they save when memory is short",
        [Questions, Validation, Cache, Refresh, Kind, Rate, Seconds, Loaded], RunAsync);

    static async Task<string> RunAsync(ScenarioContext context, ParseResult parsed, CancellationToken cancellationToken) =>
        await QualityAsync(context, parsed, cancellationToken) + '\n'
        + await PressureAsync(context, parsed, cancellationToken);

    static async Task<string> QualityAsync(ScenarioContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        OrchestratorConfig config = ConfigReader.Read(context.Options.ConfigFile);
        IReadOnlyList<ProfileQuestion> test = QuestionFile.Read(parsed.GetValue(Questions)!);
        OutcomeTable scores = await VariantQuality.MeasureAsync(
            VariantQuality.Apart(config) with { Engine = config.Engine with { Library = context.Options.Library } },
            test, parsed.GetValue(Cache)!, parsed.GetValue(Refresh), context.Options.Threads, cancellationToken);
        OutcomeTable profile =
            OutcomeFile.Read(config.Router.Outcomes ?? throw new ConfigException(["router.outcomes is not set"]));
        return
            $"""
            ## Quality: experts of {Path.GetFileName(context.Options.ConfigFile)} and their variants on {test.Count} held-out questions

            Greedily, whole answers. Own sub-skills are those that the expert masters on the validation questions; "only one
            right" counts the questions on which the two differ.


            """ + new VariantQuality(config, test, scores).ToMarkdown(profile, QuestionFile.Read(parsed.GetValue(Validation)!));
    }

    static async Task<string> PressureAsync(ScenarioContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        ExpertSet experts = context.Options.Config is null
            ? await GeneratedTwins.EnsureAsync(context.Experts, context.Runtime, cancellationToken)
            : context.Experts;
        int count = context.Ids.Count;
        double[] given = parsed.GetValue(Loaded) ?? [];
        if (given.Length == 0)
            given = [.. Spare.Select(spare => (count / 2) + spare), .. Spare.Select(spare => (count / 4) + spare)];
        double rate = parsed.GetValue(Rate);
        var length = TimeSpan.FromSeconds(parsed.GetValue(Seconds));
        Dictionary<string, IReadOnlyList<Arrival>> traces = parsed.GetValue(Kind)!.ToDictionary(
            kind => kind, kind => TraceGenerator.Create(kind, rate, length, count, context.Options.Seed), StringComparer.Ordinal);
        IReadOnlyList<VariantPressure> runs =
            await VariantPressure.RunAllAsync(context, experts, given, traces, cancellationToken);
        return
            $"""
            ## Pressure: {experts.Describe()}, and a variant for each

            {rate} arrivals a second for {length.TotalSeconds:0} s, none of the experts loaded at first; a request is aborted when it
            fails or takes more than {context.Options.Timeout.TotalSeconds:0} s. Off is the same pool with `scheduler.variants: false`. Memory is
            told in experts: what is beyond whole ones is room in which variants may or may not fit.


            """ + VariantPressure.Table(runs);
    }
}
