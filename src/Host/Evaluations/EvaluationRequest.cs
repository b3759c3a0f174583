using System.Globalization;
using System.Text.Json;
using Orchestrator.Host.Collections;
using Orchestrator.Host.OpenAi;
using Orchestrator.Jobs.Profiling;

namespace Orchestrator.Host.Evaluations;

/// <summary>What <c>POST /v1/evaluations</c> asks for.</summary>
/// <param name="Model">A policy or an expert id.</param>
/// <param name="MaxTokens">Of each answer.</param>
sealed record EvaluationRequest(string Model, IReadOnlyList<ProfileQuestion> Questions, int MaxTokens)
{
    /// <summary>Somebody waits for the reply; <c>orchestrator eval</c> takes more.</summary>
    public const int MostQuestions = 200;

    /// <summary>As <c>orchestrator eval</c> has it.</summary>
    const int UsualTokens = 512;

    internal static readonly HashSet<string> Known = ["model", "questions", "max_tokens"];

    /// <exception cref="ApiException">400, naming the field that is wrong and the question it is of.</exception>
    public static EvaluationRequest Read(JsonElement body)
    {
        var fields = RequestObject.Of(body, "", Known);
        var model = fields.RequiredString("model");
        ProfileQuestion[] questions =
        [
            .. RequestObject.Items(fields, "questions", MostQuestions)
                .Select((item, at) => LabelledQuestionReader.Read(item.Element, item.Path, id: (at + 1).ToString(CultureInfo.InvariantCulture))),
        ];
        if (questions.Length == 0)
            throw new ApiException(ApiError.Invalid(
                $"'questions' must have 1 to {MostQuestions} labelled questions.", "questions", "empty_array"));
        if (questions.Index().GroupBy(item => item.Item.Id, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
        {
            var again = $"questions[{twice.ElementAt(1).Index}].id";
            throw new ApiException(ApiError.Invalid(
                $"Invalid value for '{again}': '{ApiError.Shown(twice.Key)}' is the id of questions[{twice.First().Index}] too; one that brings none has its number for an id.", again, "invalid_value"));
        }

        return new EvaluationRequest(model, questions, (int)(fields.Integer("max_tokens", 1, int.MaxValue) ?? UsualTokens));
    }
}
