using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Orchestrator.Experts.Gguf;

namespace Orchestrator.Experts.Configuration;

/// <summary>A configuration to begin with, from a folder of model files.</summary>
public static partial class StarterConfig
{
    /// <summary>Models that only lend their images, sounds or drafts to another one.</summary>
    static readonly string[] Helpers = ["mmproj", "draft"];

    /// <param name="folder">Searched with its subfolders for <c>*.gguf</c>.</param>
    /// <param name="beside">The folder that the configuration will be in; paths are relative to it.</param>
    /// <returns>The text, and what is not among its experts, in sentences.</returns>
    /// <exception cref="ConfigException">The folder is missing or has no model that can be an expert.</exception>
    public static (string Yaml, IReadOnlyList<string> LeftOut) Write(string folder, string beside)
    {
        if (!Directory.Exists(folder))
            throw new ConfigException([$"{folder}: there is no such folder"]);
        var leftOut = new List<string>();
        var experts = new List<(string Id, string File)>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.gguf", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (Refusal(file) is { } why)
                leftOut.Add($"{file}: {why}");
            else
                experts.Add((IdOf(file, experts.Select(expert => expert.Id).ToHashSet(StringComparer.Ordinal)), file));
        }

        return experts.Count > 0
            ? (Text(experts, beside), leftOut)
            : throw new ConfigException([$"{folder}: no GGUF in it can be an expert", .. leftOut]);
    }

    static string? Refusal(string file)
    {
        var name = Path.GetFileName(file);
        if (Helpers.FirstOrDefault(part => name.Contains(part, StringComparison.OrdinalIgnoreCase)) is { } helper)
            return $"'{helper}' in its name says that it only helps another model";
        if (Part().Match(name) is { Success: true } part && int.Parse(part.Groups["number"].Value, CultureInfo.InvariantCulture) > 1)
            return "a later part of a model, which is named by its first part";
        return GgufFile.Refusal(file);
    }

    /// <summary>The file's name as clients may write it: lower-case, without its parts' number.</summary>
    static string IdOf(string file, HashSet<string> taken)
    {
        var plain = Part().Replace(Path.GetFileName(file), ".gguf");
        var id = Unnameable().Replace(Path.ChangeExtension(plain, null).ToLowerInvariant(), "-").Trim('-', '.', '_');
        id = id.Length == 0 ? "expert" : id;
        return taken.Contains(id) ? Enumerable.Range(2, int.MaxValue - 2).Select(n => $"{id}-{n}").First(name => !taken.Contains(name)) : id;
    }

    static string Text(IReadOnlyList<(string Id, string File)> experts, string beside)
    {
        var text = new StringBuilder("""
            # Written by 'orchestrator init'. Paths are relative to this file.

            router:
              outcomes: ./outcomes.jsonl         # what 'orchestrator profile' measures
              answers: ./answers.jsonl           # what the experts said, to choose by who merges best
              aggregation: ./aggregation.json    # who does

            # Names that clients give as `model`, beside the experts' ids. Clients are shown the descriptions.
            policies:
              auto:
                description: The expert that answered the most similar known questions best.
                strategy: nearest
              symbolic-moe:
                description: Asks up to three experts by the skills a question needs; where they differ, one writes the answer.
                strategy: symbolic-moe
                panel: 3
                aggregator: synthesis
              best:
                description: Always the expert that is best on average.
                strategy: best-single

            defaults:
              max_sequences: 4     # conversations decoded together
              context: 4096        # tokens of one conversation, prompt and answer; less memory than what the model was trained for

            # Say in a sentence what each is good at: it is shown to clients.
            experts:

            """);
        foreach (var (id, file) in experts)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - id: {id}\n");
            text.Append(CultureInfo.InvariantCulture, $"    file: '{Path.GetRelativePath(beside, file).Replace("'", "''", StringComparison.Ordinal)}'\n");
            text.Append(CultureInfo.InvariantCulture, $"    description: ''\n");
        }

        return text.ToString();
    }

    [GeneratedRegex(@"-(?<number>[0-9]{5})-of-[0-9]{5}\.gguf\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();

    [GeneratedRegex("[^a-z0-9._-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unnameable();
}
