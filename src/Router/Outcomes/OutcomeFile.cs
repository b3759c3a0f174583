using System.Text;
using System.Text.Json;

namespace Orchestrator.Router.Outcomes;

/// <summary>
/// The table on disk: JSON Lines, a header and then one line a question, so that a changed question or a new expert
/// reads as such in a diff. The same table always gives the same bytes.
/// </summary>
public static class OutcomeFile
{
    const int Version = 1;

    /// <exception cref="OutcomeFileException">The file has lines that are not what the format wants; all are named.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OutcomeTable Read(string path)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        return Read(reader, path);
    }

    /// <param name="name">What the text is called in errors.</param>
    /// <exception cref="OutcomeFileException">As for a file.</exception>
    public static OutcomeTable Read(TextReader reader, string name)
    {
        var problems = new List<string>();
        var rows = new List<OutcomeRow>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        OutcomeHeader? header = null;
        int number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            try
            {
                if (number == 1)
                    header = OutcomeLines.ParseHeader(line, Version);
                else if (OutcomeLines.ParseRow(line, header!.Experts.Count) is var row && ids.Add(row.Id))
                    rows.Add(row);
                else
                    throw new FormatException($"the id '{row.Id}' occurs twice");
            }
            catch (Exception problem) when (problem is JsonException or FormatException)
            {
                problems.Add($"{name}, line {number}: {OutcomeLines.Describe(problem)}");
                if (header is null)
                    break;
            }
        }
        if (number == 0)
            problems.Add($"{name}, line 1: the header is missing");
        return problems.Count == 0
            ? new OutcomeTable(header!.Source, header.Experts, rows)
            : throw new OutcomeFileException(problems);
    }

    /// <summary>Replaces the file in one step: a reader sees the old table or the new one, and so does a crash.</summary>
    /// <exception cref="IOException">The folder is missing or cannot be written.</exception>
    public static void Write(string path, OutcomeTable table) => WholeFile.Replace(path, writer => Write(writer, table));

    public static void Write(TextWriter writer, OutcomeTable table)
    {
        var header = new OutcomeHeader(Version, table.Source, table.Experts);
        Line(JsonSerializer.Serialize(header, OutcomeLines.Format));
        foreach (OutcomeRow row in table.Rows)
            Line(JsonSerializer.Serialize(OutcomeLine.From(row), OutcomeLines.Format));

        void Line(string json)
        {
            writer.Write(json);
            writer.Write('\n');
        }
    }
}
