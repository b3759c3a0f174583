using System.Text.RegularExpressions;

namespace Orchestrator.Bench.Routing.Novelty;

/// <summary>One way to write a known question in another prompt format.</summary>
sealed partial record Reformatting(string Name, Func<string, string> Rewrite)
{
    public static IReadOnlyList<Reformatting> All { get; } =
    [
        new("between Q: and A:", text => $"Q: {Bare(text)}\nA:"),
        new("after an instruction", text => $"You are a careful assistant. Answer the following question.\n\n{Bare(text)}"),
        new("options as (a)", text => Option().Replace(Bare(text), mark => $"({mark.Groups["letter"].Value.ToLowerInvariant()}) ")),
        new("on one line", text => Bare(text).ReplaceLineEndings(" ")),
        new("in lower case", text => text.ToLowerInvariant()),
    ];

    /// <summary>One line without a frame, options, or what follows a first paragraph.</summary>
    public static string OnlyQuestion(string text)
    {
        string bare = Bare(text);
        Match options = Option().Match(bare);
        string stem = (options.Success ? bare[..options.Index] : bare).Trim();
        string[] paragraphs = stem.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (paragraphs.Length > 0 ? paragraphs[0] : bare).ReplaceLineEndings(" ");
    }

    /// <summary>Without what the benchmark itself puts around a question.</summary>
    static string Bare(string text) => Frame().Replace(text, "").Trim();

    [GeneratedRegex(@"\AQuestion:\s*|\s*Answer:\s*\z|\s*答案：\s*\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Frame();

    [GeneratedRegex(@"^(?<letter>[A-J])\. ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Option();
}
