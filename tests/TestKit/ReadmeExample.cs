using System.Runtime.CompilerServices;

namespace Orchestrator.TestKit;

/// <summary>
/// Keeps an example of README.md and the test that runs it the same: every line of the test's source between
/// <c>// README</c> and <c>// README end</c> has to be there.
/// </summary>
public static class ReadmeExample
{
    const string Begin = "// README\n", End = "// README end";

    /// <returns>The lines of the calling file's examples that README.md lacks.</returns>
    public static IReadOnlyList<string> MissingLines([CallerFilePath] string file = "")
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var source = File.ReadAllText(file);
        var examples = source.Split(Begin)[1..].Select(example => example[..example.IndexOf(End, StringComparison.Ordinal)]);
        string[] lines =
        [
            .. examples.SelectMany(example => example.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
        ];
        return lines.Length > 0
            ? [.. lines.Where(line => !readme.Contains(line, StringComparison.Ordinal))]
            : throw new InvalidOperationException($"{file} has no example between '// README' and '{End}'.");
    }
}
