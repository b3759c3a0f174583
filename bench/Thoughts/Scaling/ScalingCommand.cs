using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.LlamaCpp;

namespace Orchestrator.Bench.Thoughts.Scaling;

/// <summary><c>thoughts-scaling</c>: what a mixture costs models of other sizes than the zoo's, generated and on paper.</summary>
static class ScalingCommand
{
    static readonly Option<string> Largest = new("--largest")
    {
        Description = "Last of the sizes that are generated",
        DefaultValueFactory = _ => ModelShape.Generated[^1].Name,
    };
    static readonly Option<string?> Only = new("--only") { Description = "The one size to generate" };
    static readonly Option<int[]> Together = new("--together") { DefaultValueFactory = _ => [1, 4, 16], AllowMultipleArgumentsPerToken = true };
    static readonly Option<int> Heard = new("--heard") { Description = "Tokens of the peer's prompt and draft", DefaultValueFactory = _ => 200 };
    static readonly Option<int> Question = new("--question") { Description = "Bytes", DefaultValueFactory = _ => 8 };
    static readonly Option<int> Tokens = new("--tokens") { Description = "Of an answer", DefaultValueFactory = _ => 24 };
    static readonly Option<double> Seconds = new("--seconds") { Description = "Least time of each row", DefaultValueFactory = _ => 5 };
    static readonly Option<int> Rounds = new("--rounds") { Description = "Least rounds of each row", DefaultValueFactory = _ => 3 };
    static readonly Option<double> Most = new("--most")
    {
        Description = "Billions of multiply-adds of a step; rows of several answers that take more are left out",
        DefaultValueFactory = _ => 4.5,
    };
    static readonly Option<string?> Out = new("--out") { Description = "Markdown file to write as well" };

    public static Command Create()
    {
        string names = string.Join(", ", ModelShape.Generated.Select(shape => shape.Name));
        string[] known = [.. ModelShape.Generated.Select(shape => shape.Name)];
        Largest.AcceptOnlyFromAmong(known);
        Only.AcceptOnlyFromAmong(known);
        var command = new Command("thoughts-scaling", $"Cost of a mixture of thoughts beside the model's own: {names}, and on paper beyond")
        {
            Largest, Only, Together, Heard, Question, Tokens, Seconds, Rounds, Most, Out,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = new ScalingOptions(
            parsed.GetValue(Together)!, parsed.GetValue(Heard), parsed.GetValue(Question), parsed.GetValue(Tokens),
            TimeSpan.FromSeconds(parsed.GetValue(Seconds)), parsed.GetValue(Rounds), 1e9 * parsed.GetValue(Most));
        ModelShape[] shapes = parsed.GetValue(Only) is { } only
            ? [.. ModelShape.Generated.Where(shape => shape.Name == only)]
            : [.. ModelShape.Generated.TakeWhile(shape => shape.Name != parsed.GetValue(Largest)), ModelShape.Generated.First(shape => shape.Name == parsed.GetValue(Largest))];
        var sizes = new List<SizeResult>();
        using var runtime = LlamaRuntime.Start(new LlamaRuntimeOptions { MaxThreads = 1 }, NullLoggerFactory.Instance);
        string folder = Directory.CreateTempSubdirectory("scaling-").FullName;
        try
        {
            // The first time is the compiler's.
            _ = await new SizeRun(options with { Together = [1] }, runtime, TimeProvider.System).RunAsync(ModelShape.Generated[0], folder, cancellationToken);
            foreach (ModelShape shape in shapes)
            {
                sizes.Add(await new SizeRun(options, runtime, TimeProvider.System).RunAsync(shape, folder, cancellationToken));
                await Console.Error.WriteLineAsync($"{shape.Name}:\n{ScalingReport.Decoding(sizes[^1..])}");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        Report.Write(Markdown(sizes, options), parsed.GetValue(Out));
        return 0;
    }

    static string Markdown(List<SizeResult> sizes, ScalingOptions options) =>
        string.Create(CultureInfo.InvariantCulture, $"""
        # Mixture of thoughts: what it costs models of other sizes

        {Machine.Describe(TimeProvider.System)}
        - generated llama models of random weights in Q8_0, one thread; a context for 16 sequences of {options.Context} tokens
        - questions of {options.Question} bytes and the template's 20 tokens, answers of {options.Tokens} tokens; {options.Heard} tokens of a peer are heard

        ## Decoding

        Tokens of all together in a second of the decoding thread's processor time, from the first token of an answer to its last, median of the
        rounds. The others as shares of plain, round by round: median, and in brackets the quartiles.

        {ScalingReport.Decoding(sizes)}
        ## Interaction layers

        Processor time of a token of the answer, all interactions together: alone in a loop, and where it is decoded, one answer at a time.

        {ScalingReport.Layers(sizes)}
        ## On paper

        Multiply-adds: Q · (2 · d · w + 2 · T · d + w), w the primary's width and T = {options.Heard}; of the model: a weight each, without its attention
        to earlier tokens. Bytes of a heard token: 2 · Q · d · 4; of the model's own cache: 2 · blocks · key-value heads · size of a head · 2.

        {ScalingReport.OnPaper([.. ModelShape.Generated, .. ModelShape.OnPaper], options.Heard)}
        ## Memory of a context

        What llama.cpp reports. A step of the plain context has up to {SizeRun.EngineOptions(options).BatchSize} tokens, of the tapped one {SizeRun.EngineOptions(options).Tapped(true).BatchSize}. Scores: 4 bytes · heads · cells of all
        sequences · tokens of a step.

        {ScalingReport.Memory(sizes, options)}
        """);
}
