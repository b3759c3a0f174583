using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestrator.Host.Tests.Monitoring;

/// <summary>Reads the text format 0.0.4 and fails on all that a scraper might only tolerate.</summary>
sealed partial class PrometheusText
{
    readonly Dictionary<string, double> _samples = new(StringComparer.Ordinal);
    string? _helped;

    PrometheusText()
    {
    }

    /// <summary>Metric families by name, with their types.</summary>
    public Dictionary<string, string> Types { get; } = new(StringComparer.Ordinal);

    /// <param name="series">With its labels as they are written.</param>
    public double this[string series] => _samples.TryGetValue(series, out var value)
        ? value
        : throw new KeyNotFoundException($"{series} is not among: {string.Join("\n", _samples.Keys)}");

    public bool Has(string series) => _samples.ContainsKey(series);

    public static PrometheusText Parse(string text)
    {
        Assert.EndsWith("\n", text);
        var parsed = new PrometheusText();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries)) parsed.Read(line);
        return parsed;
    }

    void Read(string line)
    {
        if (Help().Match(line) is { Success: true } help)
        {
            _helped = help.Groups["name"].Value;
            return;
        }

        if (Type().Match(line) is { Success: true } type)
        {
            Assert.Equal(_helped, type.Groups["name"].Value);
            Assert.True(Types.TryAdd(type.Groups["name"].Value, type.Groups["type"].Value), $"two families: {line}");
            return;
        }

        var sample = Sample().Match(line);
        Assert.True(sample.Success, $"not a sample: {line}");
        var family = Types.Last();
        var name = sample.Groups["name"].Value;
        Assert.True(
            name == family.Key || (family.Value == "histogram" && Part().Replace(name, "") == family.Key),
            $"{name} stands under {family.Key}");
        Assert.True(_samples.TryAdd(line[..line.LastIndexOf(' ')], Number(sample.Groups["value"].Value)), $"twice: {line}");
    }

    static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(@"^# HELP (?<name>[a-z_]+) \S.*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Help();

    [GeneratedRegex("^# TYPE (?<name>[a-z_]+) (?<type>counter|gauge|histogram)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Type();

    [GeneratedRegex("""^(?<name>[a-z_]+)(\{[a-z_]+="([^"\\]|\\[\\n"])*"(,[a-z_]+="([^"\\]|\\[\\n"])*")*\})? (?<value>\S+)$""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sample();

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();
}
