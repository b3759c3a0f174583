using Orchestrator.Bench.Loading.Answering;

namespace Orchestrator.Bench.Loading.Switching;

/// <summary>Median milliseconds until the first token of an expert that is not loaded, and of the same one asked again.</summary>
/// <param name="Added">The median of their difference.</param>
sealed record Switches(double FirstToken, double Loaded, double Added)
{
    public static Switches None { get; } = new(double.NaN, double.NaN, double.NaN);

    /// <summary>Alternates two experts of which one fits; the first two switches are not counted.</summary>
    public static async Task<Switches> MeasureAsync(
        ScenarioContext context, IAnswerer answerer, int repeats, CancellationToken cancellationToken)
    {
        var switches = new List<(double First, double Loaded)>();
        for (int i = 0; i < repeats + 2; i++)
            switches.Add((await AskAsync(i, 2 * i), await AskAsync(i, (2 * i) + 1)));
        if (answerer.Loads != switches.Count)
            throw new InvalidOperationException($"{answerer.Name} loaded {answerer.Loads} times in {switches.Count} switches.");
        switches.RemoveRange(0, 2);
        return new Switches(
            Samples.Median(switches.Select(pair => pair.First)), Samples.Median(switches.Select(pair => pair.Loaded)),
            Samples.Median(switches.Select(pair => pair.First - pair.Loaded)));

        async Task<double> AskAsync(int i, int question) =>
            (await answerer.AskAsync(context.Ids[i % 2], context.Question(question), 1, cancellationToken)).FirstToken.TotalMilliseconds;
    }
}
