using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Orchestrator.Client.Chat;

/// <summary>The members of <see cref="ChatOptions"/> as OpenAI's fields. The service refuses what it lacks, by name.</summary>
static class OptionsWriting
{
    public static void Write(Utf8JsonWriter json, ChatOptions options)
    {
        if (options.Temperature is { } temperature) json.WriteNumber("temperature"u8, Finite(temperature, nameof(options.Temperature)));
        if (options.TopP is { } topP) json.WriteNumber("top_p"u8, Finite(topP, nameof(options.TopP)));
        if (options.TopK is { } topK) json.WriteNumber("top_k"u8, topK);
        if (options.MaxOutputTokens is { } most) json.WriteNumber("max_completion_tokens"u8, most);
        if (options.Seed is { } seed) json.WriteNumber("seed"u8, seed);
        if (options.FrequencyPenalty is { } frequency) json.WriteNumber("frequency_penalty"u8, Finite(frequency, nameof(options.FrequencyPenalty)));
        if (options.PresencePenalty is { } presence) json.WriteNumber("presence_penalty"u8, Finite(presence, nameof(options.PresencePenalty)));
        if (options.StopSequences is { Count: > 0 } stops) WriteStops(json, stops);
        if (options.Reasoning?.Effort is { } effort) json.WriteString("reasoning_effort"u8, Word(effort));
        if (options.ResponseFormat is { } format) WriteFormat(json, format);
        ToolWriting.Write(json, options);
    }

    static float Finite(float number, string member) => float.IsFinite(number) ? number : throw Unmapped.Number(member, number);

    static void WriteStops(Utf8JsonWriter json, IList<string> stops)
    {
        json.WriteStartArray("stop"u8);
        foreach (var stop in stops) json.WriteStringValue(stop);
        json.WriteEndArray();
    }

    static void WriteFormat(Utf8JsonWriter json, ChatResponseFormat format)
    {
        json.WriteStartObject("response_format"u8);
        if (format is ChatResponseFormatJson { Schema: { } schema } described)
        {
            json.WriteString("type"u8, "json_schema"u8);
            json.WriteStartObject("json_schema"u8);
            json.WriteString("name"u8, described.SchemaName ?? "answer");
            if (described.SchemaDescription is { } description) json.WriteString("description"u8, description);
            json.WritePropertyName("schema"u8);
            schema.WriteTo(json);
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("type"u8, format is ChatResponseFormatJson ? "json_object"u8 : "text"u8);
        }

        json.WriteEndObject();
    }

    static string Word(ReasoningEffort effort) => effort switch
    {
        ReasoningEffort.ExtraHigh => "xhigh",
        var known => $"{known}".ToLowerInvariant(),
    };
}
