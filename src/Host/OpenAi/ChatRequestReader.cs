using System.Text.Json;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.OpenAi;

/// <summary>
/// Reads <c>POST /v1/chat/completions</c> and <c>POST /v1/route</c>. Every field of OpenAI's request is either
/// honoured, refused by name, or in <see cref="WithoutEffect"/> because it cannot change the answer.
/// </summary>
static class ChatRequestReader
{
    /// <summary>OpenAI allows 4; more cost nothing here, but a bound keeps matching cheap.</summary>
    const int MaxStops = 16;

    internal static readonly string[] Honoured =
    [
        "model", "messages", "stream", "stream_options", "max_tokens", "max_completion_tokens", "stop", "seed",
        "temperature", "top_p", "top_k", "min_p", "repeat_penalty", "frequency_penalty", "presence_penalty", "service_tier",
        "tools", "tool_choice", "parallel_tool_calls", "response_format",
    ];

    internal static readonly string[] WithoutEffect =
        ["user", "metadata", "safety_identifier", "prompt_cache_key", "prompt_cache_retention", "verbosity"];

    internal static readonly HashSet<string> KnownOfStream = ["include_usage", "include_obfuscation"];

    internal static readonly HashSet<string> Known = [.. Honoured, .. WithoutEffect, .. UnsupportedFeatures.Names];

    public static ChatRequest Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw new ApiException(ApiError.Invalid("The request body must be a JSON object."));
        var fields = new JsonFields(body, "");
        fields.RejectUnknown(Known);
        UnsupportedFeatures.Reject(fields);
        var stream = fields.Bool("stream") ?? false;
        var model = fields.RequiredString("model");
        var (messages, turns) = MessageReader.Read(fields);
        var tools = ToolsReader.Read(fields, turns);
        return new ChatRequest
        {
            Model = model,
            Stream = stream,
            IncludeUsage = ReadIncludeUsage(fields, stream),
            Class = ServiceTier.Read(fields),
            Tools = tools,
            Generation = new GenerationRequest
            {
                Messages = messages,
                MaxTokens = ReadMaxTokens(fields),
                Stop = ReadStop(fields),
                Grammar = ResponseFormatReader.Read(fields, tools),
                Sampling = ReadSampling(fields),
            },
        };
    }

    static bool ReadIncludeUsage(JsonFields fields, bool stream)
    {
        if (fields.Find("stream_options") is not { } value) return false;
        if (value.ValueKind != JsonValueKind.Object) throw fields.WrongType("stream_options", "an object", value);
        // An empty object asks for nothing; Semantic Kernel sends one for every object of a description.
        if (!stream && value.EnumerateObject().Any())
            throw new ApiException(ApiError.Invalid(
                "The 'stream_options' parameter is only allowed when 'stream' is enabled.", "stream_options", "invalid_value"));
        var options = new JsonFields(value, "stream_options");
        options.RejectUnknown(KnownOfStream);
        // Obfuscation pads chunks against traffic analysis; none is added, so only "false" is honest.
        if (options.Bool("include_obfuscation") is true)
            throw new ApiException(ApiError.Unsupported("stream_options.include_obfuscation", "chunks are not padded"));
        return options.Bool("include_usage") ?? false;
    }

    static int? ReadMaxTokens(JsonFields fields)
    {
        var current = fields.Integer("max_completion_tokens", 1, int.MaxValue);
        var legacy = fields.Integer("max_tokens", 1, int.MaxValue);
        if (current is not null && legacy is not null && current != legacy)
            throw new ApiException(ApiError.Invalid(
                "Give 'max_completion_tokens' or 'max_tokens', not both with different values.", "max_tokens", "invalid_value"));
        return (int?)(current ?? legacy);
    }

    static IReadOnlyList<string> ReadStop(JsonFields fields)
    {
        if (fields.Find("stop") is not { } value) return [];
        var items = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : [value];
        if (items.Length > MaxStops)
            throw new ApiException(ApiError.Invalid(
                $"Invalid 'stop': {items.Length} strings given, at most {MaxStops} are allowed.", "stop", "array_above_max_length"));
        if (Array.Exists(items, item => item.ValueKind != JsonValueKind.String))
            throw fields.WrongType("stop", "a string or an array of strings", value);
        var stops = Array.ConvertAll(items, item => item.GetString()!);
        return Array.Exists(stops, stop => stop.Length == 0)
            ? throw new ApiException(ApiError.Invalid("Invalid 'stop': a stop string must not be empty.", "stop", "invalid_value"))
            : stops;
    }

    /// <summary>Null when no sampling field is given, so that the expert's own defaults hold.</summary>
    static SamplingChanges? ReadSampling(JsonFields fields)
    {
        var changes = new SamplingChanges
        {
            Temperature = fields.Number("temperature", 0, 2),
            TopP = fields.Number("top_p", 0, 1),
            TopK = (int?)fields.Integer("top_k", 0, 1_000_000),
            MinP = fields.Number("min_p", 0, 1),
            RepeatPenalty = fields.Number("repeat_penalty", 0.01, 10),
            FrequencyPenalty = fields.Number("frequency_penalty", -2, 2),
            PresencePenalty = fields.Number("presence_penalty", -2, 2),
            // Any 64-bit seed is folded, so that equal seeds stay equal.
            Seed = fields.Integer("seed", long.MinValue, long.MaxValue) is { } seed ? (uint)(seed ^ (seed >> 32)) : null,
        };
        return changes == new SamplingChanges() ? null : changes;
    }
}
