using System.Text.Json;
using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Feedback;

/// <summary>The body of <c>POST /v1/feedback</c>: of the answer one score, or one for each of the experts that answered.</summary>
sealed record FeedbackRequest(string RequestId, float? Score, IReadOnlyDictionary<string, double>? Experts)
{
    internal static readonly HashSet<string> Known = ["request_id", "score", "experts"];

    /// <exception cref="ApiException">400 naming the field and what it may be.</exception>
    public static FeedbackRequest Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new ApiException(ApiError.Invalid("The body must be {\"request_id\": \"…\", \"score\": 0…1}."));
        var fields = new JsonFields(json, "");
        fields.RejectUnknown(Known);
        var id = fields.RequiredString("request_id");
        // Beside a score an empty object asks for nothing; Semantic Kernel sends one for every object of a description.
        var judged = fields.Find("experts") is { } experts && !(fields.Has("score") && JsonFields.IsEmptyObject(experts));
        if (fields.Has("score") == judged)
            throw new ApiException(ApiError.Invalid(
                "Give either 'score', 0 (wrong) to 1 (right) of the answer, or 'experts', a score for each expert's.", "score"));
        return new FeedbackRequest(id, fields.Number("score", 0, 1), judged ? Scores(fields) : null);
    }

    /// <summary>What the verdict says of each expert.</summary>
    /// <exception cref="ApiException">400 for an expert that took no part, or an answer that is nobody's.</exception>
    public IReadOnlyDictionary<string, double> ScoresOf(RoutedRequest routed)
    {
        var answered = string.Join(", ", routed.Answered);
        if (Experts is null)
            return routed.Speaker is { } speaker
                ? new Dictionary<string, double>(StringComparer.Ordinal) { [speaker] = Score!.Value }
                : throw new ApiException(ApiError.Invalid(
                    $"The answer was written from those of several experts: say in 'experts' who was right, of {answered}.",
                    "score", "no_single_expert"));
        foreach (var expert in Experts.Keys)
            if (!routed.Answered.Contains(expert, StringComparer.Ordinal))
                throw new ApiException(ApiError.Invalid(
                    $"'{ApiError.Shown(expert)}' did not answer this request; these did: {answered}.", "experts", "invalid_value"));
        return Experts;
    }

    static Dictionary<string, double>? Scores(JsonFields fields)
    {
        if (fields.Find("experts") is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Object) throw fields.WrongType("experts", "an object", value);
        var experts = new JsonFields(value, "experts");
        var scores = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var expert in value.EnumerateObject())
            scores.Add(expert.Name, experts.Number(expert.Name, 0, 1) ?? throw experts.WrongType(expert.Name, "a number", expert.Value));
        return scores.Count > 0
            ? scores
            : throw new ApiException(ApiError.Invalid("'experts' must name at least one expert.", "experts", "invalid_value"));
    }
}
