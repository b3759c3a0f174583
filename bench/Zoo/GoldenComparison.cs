using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Experts;
using Orchestrator.Jobs.Profiling;

namespace Orchestrator.Bench.Zoo;

/// <summary>Whether the engine, decoding greedily, writes exactly what torch wrote.</summary>
static class GoldenComparison
{
    /// <summary>Where training lets torch stop, so that an endless answer ends at the same token.</summary>
    const int MaxTokens = 120;

    const int LongestQuote = 60;

    /// <param name="golden">Folder of <c>EXPERT.jsonl</c> with lines {"question", "torch"}.</param>
    public static async Task<string> ToMarkdownAsync(
        IReadOnlyList<IExpert> experts, string golden, CancellationToken cancellationToken)
    {
        var rows = new List<string[]>();
        foreach (IExpert expert in experts)
        {
            string file = Path.Combine(golden, expert.Id + ".jsonl");
            if (File.Exists(file))
                rows.Add(await RowAsync(expert, Read(file), cancellationToken));
        }
        return Report.Table(["expert", "prompts", "equal to torch %", "first difference"], rows);
    }

    static async Task<string[]> RowAsync(IExpert expert, GoldenLine[] lines, CancellationToken cancellationToken)
    {
        ExpertAnswer[] answers = await Task.WhenAll(
            lines.Select(line => ExpertAnswer.AskAsync(expert, line.Question, MaxTokens, cancellationToken)));
        int[] different = [.. Enumerable.Range(0, lines.Length).Where(i => answers[i].Text.Trim() != lines[i].Torch.Trim())];
        string first = different.Length == 0
            ? ""
            : $"{lines[different[0]].Question} {Quoted(answers[different[0]].Text)} for {Quoted(lines[different[0]].Torch)}";
        return [expert.Id, $"{lines.Length}", Report.Percent(1 - ((double)different.Length / lines.Length)), first];
    }

    static string Quoted(string text) => text.Length <= LongestQuote ? $"'{text}'" : $"'{text[..LongestQuote]}…'";

    static GoldenLine[] Read(string file) =>
        [.. File.ReadLines(file).Select(line => JsonSerializer.Deserialize<GoldenLine>(line)!)];

    sealed record GoldenLine(
        [property: JsonPropertyName("question")] string Question, [property: JsonPropertyName("torch")] string Torch);
}
