using System.CommandLine;
using Orchestrator.Bench.Loading.Answering;
using Orchestrator.Bench.Loading.Experts;
using Orchestrator.Experts;

namespace Orchestrator.Bench.Loading.Switching;

/// <summary><c>switch</c>: from asking an expert, while another one fills the memory, to its first token.</summary>
static class SwitchScenario
{
    static readonly Option<int> Repeats = new("--repeats") { DefaultValueFactory = _ => 10 };

    static readonly Option<int> ServerRepeats =
        new("--server-repeats") { DefaultValueFactory = _ => 10, Description = "Switches of llama-server" };

    public static Command Create() => ScenarioContext.Command(
        "switch", "From one expert to another with memory for one, files in the page cache", [Repeats, ServerRepeats], RunAsync);

    static async Task<string> RunAsync(ScenarioContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        int repeats = parsed.GetValue(Repeats);
        string[] files = [.. context.Experts.Experts.Take(2).Select(expert => expert.File)];
        using var copy = new MemoryCopy(new FileInfo(files[0]).Length);
        double fresh = await MedianAsync(repeats, _ => context.TimeAsync(() => Task.Run(copy.IntoFresh, cancellationToken)));
        double kept = await MedianAsync(repeats, _ => context.TimeAsync(() => Task.Run(copy.IntoKept, cancellationToken)));
        EngineSteps read = await StepsAsync(memoryMap: false);
        EngineSteps mapped = await StepsAsync(memoryMap: true);
        Switches ours = await PoolAsync(context.Experts);
        Switches oursMapped = await PoolAsync(context.Experts.Mapped());
        Switches theirs = Switches.None;
        if (context.Options.Server is not null)
        {
            await using ServerAnswerer server = await context.ServerAsync(1, 2, cancellationToken);
            theirs = await Switches.MeasureAsync(context, server, parsed.GetValue(ServerRepeats), cancellationToken);
        }
        return Report.Table(
            ["what, median", "ms", "× copy, fresh memory", "× llama-server"],
            [
                Row("copy of the file's bytes in memory, fresh destination", fresh),
                Row("copy, destination in use before", kept),
                Row("load alone, file read (the pool's way)", read.Load),
                Row("first token of a short prompt after it", read.First),
                Row("first token of the next prompt", read.Second),
                Row("unload", read.Unload),
                Row("load alone, file mapped", mapped.Load),
                Row("first token of a short prompt after it", mapped.First),
                Row("first token of the next prompt", mapped.Second),
                Row("unload", mapped.Unload),
                Row("switch, this pool: asked to first token", ours.FirstToken, theirs.FirstToken),
                Row("switch, this pool, files mapped: asked to first token", oursMapped.FirstToken, theirs.FirstToken),
                Row("switch, llama-server: asked to first token", theirs.FirstToken, theirs.FirstToken),
                Row("loaded already, this pool: asked to first token", ours.Loaded, theirs.Loaded),
                Row("loaded already, llama-server: asked to first token", theirs.Loaded, theirs.Loaded),
                Row("what the switch adds, this pool", ours.Added, theirs.Added),
                Row("what the switch adds, this pool, files mapped", oursMapped.Added, theirs.Added),
                Row("what the switch adds, llama-server", theirs.Added, theirs.Added),
            ]);

        string[] Row(string what, double milliseconds, double server = double.NaN) =>
            [what, Samples.Milliseconds(milliseconds), Samples.Ratio(milliseconds, fresh), Samples.Ratio(milliseconds, server)];

        async Task<Switches> PoolAsync(ExpertSet experts)
        {
            await using PoolAnswerer pool = await PoolAnswerer.StartAsync(
                experts.Config(1), RequestClass.Interactive, context.Runtime, context.Time, cancellationToken);
            return await Switches.MeasureAsync(context, pool, repeats, cancellationToken);
        }

        async Task<EngineSteps> StepsAsync(bool memoryMap)
        {
            var steps = new List<EngineSteps>();
            for (int i = 0; i < repeats; i++)
                steps.Add(await EngineSteps.MeasureAsync(context, files[i % 2], memoryMap, cancellationToken));
            return new EngineSteps(
                Samples.Median(steps.Select(step => step.Load)), Samples.Median(steps.Select(step => step.First)),
                Samples.Median(steps.Select(step => step.Second)), Samples.Median(steps.Select(step => step.Unload)));
        }
    }

    /// <summary>The first two tries are not counted.</summary>
    static async Task<double> MedianAsync(int repeats, Func<int, Task<double>> measure)
    {
        var values = new List<double>();
        for (int i = 0; i < repeats + 2; i++)
            values.Add(await measure(i));
        return Samples.Median(values.Skip(2));
    }
}
