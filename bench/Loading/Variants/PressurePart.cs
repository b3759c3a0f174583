using System.CommandLine;
using Orchestrator.Bench.Loading.Experts;
using Orchestrator.Bench.Loading.Traces;

namespace Orchestrator.Bench.Loading.Variants;

/// <summary>Traces in little memory, with variants and without.</summary>
static class PressurePart
{
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

    static PressurePart() => Kind.AcceptOnlyFromAmong([.. TraceGenerator.Kinds]);

    public static IReadOnlyList<Option> Options { get; } = [Kind, Rate, Seconds, Loaded];

    public static async Task<string> RunAsync(ScenarioContext context, ParseResult parsed, CancellationToken cancellationToken)
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
