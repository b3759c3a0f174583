using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Router.Evidence;

/// <summary>The table on disk: JSON Lines, a header and one line a question, numbers with three decimals.</summary>
public static class EvidenceFile
{
    const int Version = 1;

    static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    /// <exception cref="EvidenceFileException">A line is not what the format wants; it is named.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static EvidenceTable Read(string path)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        return Read(reader, path);
    }

    /// <param name="name">What the text is called in errors.</param>
    /// <exception cref="EvidenceFileException">As for a file.</exception>
    public static EvidenceTable Read(TextReader reader, string name)
    {
        Header? header = null;
        var rows = new List<EvidenceRow>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        int number = 0;
        try
        {
            while (reader.ReadLine() is { } line)
            {
                number++;
                if (header is not null)
                    rows.Add(Row(line, header.Experts.Count, ids));
                else
                    header = ParseHeader(line);
            }
        }
        catch (Exception problem) when (problem is JsonException or FormatException)
        {
            throw new EvidenceFileException($"{name}, line {number}: {problem.Message}");
        }
        return header is null
            ? throw new EvidenceFileException($"{name}, line 1: the header is missing")
            : new EvidenceTable(header.Source, header.Experts, rows);
    }

    /// <summary>Replaces the file in one step.</summary>
    /// <exception cref="IOException">The folder is missing or cannot be written.</exception>
    public static void Write(string path, EvidenceTable table) => WholeFile.Replace(path, writer =>
    {
        Line(JsonSerializer.Serialize(new Header(Version, table.Source, table.Experts), Format));
        foreach (EvidenceRow row in table.Rows)
        {
            Line(JsonSerializer.Serialize(
                new Numbers(row.Id, Rounded(row, answer => answer.Least), Rounded(row, answer => answer.Mean)), Format));
        }

        void Line(string json)
        {
            writer.Write(json);
            writer.Write('\n');
        }
    });

    static double?[] Rounded(EvidenceRow row, Func<AnswerEvidence, double> number) =>
        [.. row.Answers.Select(answer => answer is { } known ? Math.Round(number(known), 3) : (double?)null)];

    static Header ParseHeader(string line)
    {
        Header header = JsonSerializer.Deserialize<Header>(line, Format) ?? throw new FormatException("the header is null");
        if (header.Version != Version)
            throw new FormatException($"version {header.Version} cannot be read; this program reads version {Version}");
        return header.Experts.Distinct(StringComparer.Ordinal).Count() == header.Experts.Count
            ? header
            : throw new FormatException("an expert occurs twice");
    }

    static EvidenceRow Row(string line, int experts, HashSet<string> ids)
    {
        Numbers numbers = JsonSerializer.Deserialize<Numbers>(line, Format) ?? throw new FormatException("the line is null");
        if (!ids.Add(numbers.Id))
            throw new FormatException($"the id '{numbers.Id}' occurs twice");
        if (numbers.Least.Count != experts || numbers.Mean.Count != experts)
            throw new FormatException($"'{numbers.Id}' needs {experts} numbers each in least and mean");
        if (numbers.Least.Concat(numbers.Mean).Any(number => number is > 0))
            throw new FormatException($"'{numbers.Id}' has a log-probability above 0");
        return new EvidenceRow(numbers.Id,
        [
            .. numbers.Least.Zip(numbers.Mean, (least, mean) =>
                least is { } low && mean is { } average ? new AnswerEvidence(low, average) : (AnswerEvidence?)null),
        ]);
    }

    sealed record Header(
        [property: JsonRequired] int Version, [property: JsonRequired] string Source, [property: JsonRequired] IReadOnlyList<string> Experts);

    sealed record Numbers(
        [property: JsonRequired] string Id, [property: JsonRequired] IReadOnlyList<double?> Least, [property: JsonRequired] IReadOnlyList<double?> Mean);
}

/// <summary>A line of an evidence file that could not be read, with its number.</summary>
public sealed class EvidenceFileException(string message) : Exception(message);
