using System.Text.Json;
using Orchestrator.Host.Collections;
using Orchestrator.Host.OpenAi;
using Orchestrator.Jobs.Grading;
using Orchestrator.Jobs.Profiling;

namespace Orchestrator.Host.Evaluations;

/// <summary>Reads a labelled question in the form of question files.</summary>
static class LabelledQuestionReader
{
    /// <summary>As many as there are letters.</summary>
    const int MostOptions = 26;

    const int LongestOption = 100_000;

    /// <summary><c>skills</c> and <c>tags</c> are labels of reports: policies are not told them, and here nothing is grouped.</summary>
    internal static readonly HashSet<string> Known = ["id", "question", "reference", "grader", "options", "skills", "tags"];

    /// <param name="id">Where it brings none.</param>
    /// <exception cref="ApiException">400, naming the field.</exception>
    public static ProfileQuestion Read(JsonElement element, string path, string id)
    {
        var fields = RequestObject.Of(element, path, Known);
        var question = new ProfileQuestion
        {
            Id = fields.String("id") is { Length: > 0 } given ? given : id,
            Question = fields.RequiredString("question"),
            Reference = fields.String("reference") ?? throw fields.Missing("reference"),
            Grader = fields.String("grader") ?? new ProfileQuestion().Grader,
            Options = [.. RequestObject.Items(fields, "options", MostOptions).Select(item => Option(item.Element, item.Path))],
        };
        if (string.IsNullOrWhiteSpace(question.Question)) throw fields.Missing("question");
        if (question.Grader == Graders.Judge)
            throw Wrong(fields, "grader", "the grader 'judge' needs an expert that judges, which only 'orchestrator eval --judge' has");
        return Graders.Problem(question.Grader, question.Reference, question.Options) is { } problem
            ? throw Wrong(fields, Graders.Names.Contains(question.Grader) ? "reference" : "grader", problem)
            : question;
    }

    static string Option(JsonElement element, string path) => RequestObject.Text(element, path, LongestOption) is var text && !string.IsNullOrWhiteSpace(text)
        ? text
        : throw new ApiException(ApiError.Invalid($"Invalid value for '{path}': an option must not be empty.", path, "invalid_value"));

    static ApiException Wrong(JsonFields fields, string name, string problem) => new(ApiError.Invalid(
        $"Invalid value for '{fields.PathOf(name)}': {problem}.", fields.PathOf(name), "invalid_value"));
}
