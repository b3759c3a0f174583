using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Jobs.Evaluation.Results;

/// <summary>A result on disk: JSON Lines, one with the facts and then one a question.</summary>
public static class ResultFile
{
    const int Version = 1;

    static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <exception cref="ResultFileException">The file has lines that are not what the format wants; all are named.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static EvalResult Read(string path)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        return Read(reader, path);
    }

    /// <param name="name">What the text is called in errors.</param>
    /// <exception cref="ResultFileException">As for a file.</exception>
    public static EvalResult Read(TextReader reader, string name)
    {
        var problems = new List<string>();
        var rows = new List<EvalRow>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        EvalFacts? facts = null;
        int number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            try
            {
                if (number == 1)
                    facts = Header(line);
                else
                    rows.Add(ResultRules.Checked(JsonSerializer.Deserialize<EvalRow>(line, Format), ids));
            }
            catch (Exception problem) when (problem is JsonException or FormatException)
            {
                problems.Add($"{name}, line {number}: {Describe(problem)}");
                if (facts is null)
                    break;
            }
        }
        if (number == 0)
            problems.Add($"{name}, line 1: the header of an evaluation's result is missing");
        if (problems.Count == 0 && ResultRules.Problem(facts!, rows.Count) is { } incomplete)
            problems.Add($"{name}: {incomplete}");
        return problems.Count == 0 ? new EvalResult { Facts = facts!, Rows = rows } : throw new ResultFileException(problems);
    }

    /// <summary>Replaces the file in one step.</summary>
    /// <exception cref="IOException">The folder is missing or cannot be written.</exception>
    public static void Write(string path, EvalResult result)
    {
        string part = path + ".part";
        using (var writer = new StreamWriter(part, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
            Write(writer, result);
        File.Move(part, path, overwrite: true);
    }

    public static void Write(TextWriter writer, EvalResult result)
    {
        Line(JsonSerializer.Serialize(new ResultHeader(Version, result.Facts), Format));
        foreach (EvalRow row in result.Rows)
            Line(JsonSerializer.Serialize(row, Format));

        void Line(string json)
        {
            writer.Write(json);
            writer.Write('\n');
        }
    }

    static EvalFacts Header(string line)
    {
        ResultHeader header = JsonSerializer.Deserialize<ResultHeader>(line, Format) ?? throw new FormatException("the line is null");
        return header.EvalVersion == Version
            ? header.Facts
            : throw new FormatException($"the result has version {header.EvalVersion}, this program reads version {Version}");
    }

    /// <summary>The parser counts lines within its text, which is one line of the file: its own count would mislead.</summary>
    static string Describe(Exception problem) => problem is JsonException json
        ? $"not the JSON of an evaluation's result, at {json.Path ?? "$"}: {json.Message.Split(" Path: ")[0]}"
        : problem.Message;

    sealed record ResultHeader(int EvalVersion, EvalFacts Facts);
}
