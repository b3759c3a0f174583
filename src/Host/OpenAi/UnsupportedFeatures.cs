using System.Text.Json;

namespace Orchestrator.Host.OpenAi;

/// <summary>Features of OpenAI's API that this service lacks. Asking for one is a 400 that names it; its neutral value is fine.</summary>
static class UnsupportedFeatures
{
    sealed record Feature(string Name, Func<JsonElement, bool> IsNeutral, string Explanation);

    static readonly Feature[] Features =
    [
        new("n", value => Is(value, 1), "one answer is given per request (n = 1)"),
        new("functions", IsEmpty, "give them as 'tools'"),
        new("function_call", value => Is(value, "none") || Is(value, "auto"), "give it as 'tool_choice'"),
        new("logprobs", value => value.ValueKind == JsonValueKind.False, "log probabilities are not returned"),
        new("top_logprobs", value => Is(value, 0), "log probabilities are not returned"),
        new("logit_bias", IsEmpty, "single tokens cannot be biased, since every expert has its own vocabulary"),
        new("modalities", value => value.ValueKind == JsonValueKind.Array
            && value.EnumerateArray().All(item => Is(item, "text")), "answers are text only"),
        new("audio", _ => false, "answers are text only"),
        new("prediction", _ => false, "predicted outputs are not used"),
        new("reasoning_effort", value => Is(value, "none"), "experts have no reasoning budget"),
        new("store", value => value.ValueKind == JsonValueKind.False, "completions are not stored"),
        new("web_search_options", _ => false, "experts do not search the web"),
    ];

    public static IEnumerable<string> Names => Features.Select(feature => feature.Name);

    public static void Reject(JsonFields fields)
    {
        foreach (var feature in Features)
            if (fields.Find(feature.Name) is { } value && !feature.IsNeutral(value))
                throw new ApiException(ApiError.Unsupported(feature.Name, feature.Explanation));
    }

    static bool Is(JsonElement value, int number) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var actual) && actual == number;

    static bool Is(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };
}
