using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Jobs.Grading;

namespace Orchestrator.Jobs.Profiling;

/// <summary>Lines of a question file that could not be read: all of them, each with its number.</summary>
public sealed class QuestionFileException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}

/// <summary>Reads labelled questions: JSON Lines of <see cref="ProfileQuestion"/>; blank lines are skipped.</summary>
public static class QuestionFile
{
    static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    /// <param name="judged">Whether the grader <c>judge</c> may be used.</param>
    /// <exception cref="QuestionFileException">The file has malformed lines, or none at all.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<ProfileQuestion> Read(string path, bool judged = false)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        return Read(reader, path, judged);
    }

    /// <param name="name">What the text is called in errors.</param>
    /// <exception cref="QuestionFileException">As for a file.</exception>
    public static IReadOnlyList<ProfileQuestion> Read(TextReader reader, string name, bool judged = false)
    {
        var questions = new List<ProfileQuestion>();
        var problems = new List<string>();
        var firstLines = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int number = 1; reader.ReadLine() is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            try
            {
                ProfileQuestion question = Parse(line, judged);
                if (!firstLines.TryAdd(question.Id, number))
                    throw new FormatException($"the id '{question.Id}' was used on line {firstLines[question.Id]}");
                questions.Add(question);
            }
            catch (Exception problem) when (problem is JsonException or FormatException)
            {
                problems.Add($"{name}, line {number}: {Describe(problem)}");
            }
        }
        if (problems.Count == 0 && questions.Count == 0)
            problems.Add($"{name}: there is no question in it");
        return problems.Count == 0 ? questions : throw new QuestionFileException(problems);
    }

    /// <summary>The parser counts lines within its text, which is one line of the file: its own count would mislead.</summary>
    static string Describe(Exception problem) => problem is JsonException json
        ? $"not the JSON wanted here, at {json.Path ?? "$"}: {json.Message.Split(" Path: ")[0]}"
        : problem.Message;

    static ProfileQuestion Parse(string line, bool judged)
    {
        ProfileQuestion question = JsonSerializer.Deserialize<ProfileQuestion>(line, Format)
            ?? throw new FormatException("the line is null");
        if (question.Id.Length == 0)
            throw new FormatException("the id is empty");
        if (string.IsNullOrWhiteSpace(question.Question))
            throw new FormatException("the question is empty");
        if (question.Skills.Any(string.IsNullOrWhiteSpace))
            throw new FormatException("a skill is null or blank");
        if (Graders.Problem(question.Grader, question.Reference, question.Options) is { } problem)
            throw new FormatException(problem);
        if (question.Grader == Graders.Judge && !judged)
            throw new FormatException("the grader 'judge' needs an expert that judges, which only 'orchestrator eval --judge' has");
        return question;
    }
}
