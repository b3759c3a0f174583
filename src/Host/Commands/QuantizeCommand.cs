using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Local;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Quantization;

namespace Orchestrator.Host.Commands;

/// <summary><c>orchestrator models quantize</c>: makes smaller variants of a model file.</summary>
static class QuantizeCommand
{
    static readonly Argument<string> Source = new("source") { Description = "GGUF file with weights that are not quantised" };
    static readonly Option<string[]> Types = CreateTypes();
    static readonly Option<string?> Out = new("--out", "-o") { Description = "Folder to write to (default: the source's)" };
    static readonly Option<int> Threads = CreateThreads();
    static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Replace files that exist" };
    static readonly Option<bool> AllowRequantize = new("--allow-requantize")
    {
        Description = "Take a source that is quantised already, and lose quality twice",
    };

    static readonly Option<string?> Library = new(ModelsCommand.LibraryOption) { Description = ModelsCommand.LibraryDescription };

    public static Command Create()
    {
        var command = new Command("quantize", "Make smaller variants of a GGUF file, and print their lines for the configuration")
        {
            Source, Types, Out, Threads, Overwrite, AllowRequantize, Library,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, cancellationToken));
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var source = Path.GetFullPath(parsed.GetValue(Source)!);
        // What no rule foresaw ends this process and nothing else.
        if (ModelCheck.HeaderRefusal(source) is { } refusal)
        {
            Console.Error.WriteLine($"{source}: {refusal}");
            return ExitCodes.BadInput;
        }

        var folder = Directory.CreateDirectory(parsed.GetValue(Out) ?? Path.GetDirectoryName(source)!).FullName;
        var options = new QuantizationOptions
        {
            Threads = parsed.GetValue(Threads),
            Overwrite = parsed.GetValue(Overwrite),
            AllowRequantize = parsed.GetValue(AllowRequantize),
        };
        using var runtime = LlamaRuntime.Start(
            new LlamaRuntimeOptions { LibraryDirectory = parsed.GetValue(Library) }, NullLoggerFactory.Instance);
        var types = parsed.GetValue(Types)!.Select(QuantizationType.Parse).Distinct().ToArray();
        var made = new List<QuantizedFile>();
        Console.WriteLine($"{source}: {Mebibytes(new FileInfo(source).Length)}");
        foreach (var type in types)
        {
            try
            {
                var target = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(source)}.{type.Name.ToLowerInvariant()}.gguf");
                made.Add(await ModelQuantizer.QuantizeAsync(runtime, source, target, type, options, cancellationToken));
                Console.WriteLine($"{target}: {Mebibytes(made[^1].Bytes)}, {100 * made[^1].Ratio:F1} % of the source");
            }
            catch (QuantizationException failure)
            {
                Console.Error.WriteLine(failure.Message);
            }
        }

        if (made.Count > 0) Console.WriteLine(VariantLines.Write(made));
        return made.Count == types.Length ? ExitCodes.Ok : ExitCodes.Failed;
    }

    static string Mebibytes(long bytes) => $"{bytes / 1048576.0:F1} MiB";

    static Option<string[]> CreateTypes()
    {
        var option = new Option<string[]>("--type", "-t")
        {
            Description = $"Type to make; may be given several times: {string.Join(", ", QuantizationType.All)}",
            Required = true,
        };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => QuantizationType.Find(token.Value) is null))
                result.AddError(QuantizationType.Unknown(token.Value));
        });
        return option;
    }

    static Option<int> CreateThreads()
    {
        var option = new Option<int>("--threads") { Description = "Threads that convert (default: all cores)" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, out var threads) && threads is >= 1 and <= 1024))
                result.AddError($"--threads is '{result.Tokens[0].Value}', allowed are 1 to 1024.");
        });
        return option;
    }
}
