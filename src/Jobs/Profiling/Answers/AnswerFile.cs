using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Profiling.Answers;

/// <summary>Recorded answers on disk: JSON Lines of <see cref="RecordedAnswer"/>; blank lines are skipped; <c>.gz</c> is compressed.</summary>
public static class AnswerFile
{
    static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    /// <exception cref="AnswerFileException">Lines are not what the format wants; all are named.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static AnswerBook Read(string path)
    {
        using var reader = WholeFile.OpenText(path);
        try
        {
            return Read(reader, path);
        }
        catch (InvalidDataException damaged)
        {
            throw new AnswerFileException([$"{path}: the compressed file is damaged ({damaged.Message})"]);
        }
    }

    /// <param name="name">What the text is called in errors.</param>
    /// <exception cref="AnswerFileException">As for a file.</exception>
    public static AnswerBook Read(TextReader reader, string name)
    {
        var answers = new List<RecordedAnswer>();
        var problems = new List<string>();
        var lines = new Dictionary<(string, string), int>();
        for (int number = 1; reader.ReadLine() is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            try
            {
                RecordedAnswer answer = Parse(line);
                if (!lines.TryAdd((answer.Expert, answer.Id), number))
                {
                    throw new FormatException(
                        $"the answer of '{answer.Expert}' to '{answer.Id}' is also on line {lines[(answer.Expert, answer.Id)]}");
                }
                answers.Add(answer);
            }
            catch (Exception problem) when (problem is JsonException or FormatException)
            {
                problems.Add($"{name}, line {number}: {Describe(problem)}");
            }
        }
        return problems.Count == 0 ? new AnswerBook(answers) : throw new AnswerFileException(problems);
    }

    /// <summary>Replaces the file in one step.</summary>
    /// <exception cref="IOException">The folder is missing or cannot be written.</exception>
    public static void Write(string path, AnswerBook book) => WholeFile.Replace(path, writer =>
    {
        foreach (RecordedAnswer answer in book.Answers)
        {
            writer.Write(JsonSerializer.Serialize(answer, Format));
            writer.Write('\n');
        }
    });

    static RecordedAnswer Parse(string line)
    {
        RecordedAnswer answer = JsonSerializer.Deserialize<RecordedAnswer>(line, Format)
            ?? throw new FormatException("the line is null");
        if (answer.Id.Length == 0)
            throw new FormatException("the id is empty");
        if (answer.Expert.Length == 0)
            throw new FormatException("the expert is empty");
        return answer.Score is >= 0 and <= 1 ? answer : throw new FormatException($"the score {answer.Score} is not in 0…1");
    }

    /// <summary>The parser counts lines within its text, which is one line of the file: its own count would mislead.</summary>
    static string Describe(Exception problem) => problem is JsonException json
        ? $"not the JSON wanted here, at {json.Path ?? "$"}: {json.Message.Split(" Path: ")[0]}"
        : problem.Message;
}
