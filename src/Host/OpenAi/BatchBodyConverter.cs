using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Host.OpenAi;

/// <summary>Writes whichever of the two bodies there is, as an online reply would have it.</summary>
sealed class BatchBodyConverter : JsonConverter<BatchBody>
{
    public override BatchBody Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Output lines are only written.");

    public override void Write(Utf8JsonWriter writer, BatchBody value, JsonSerializerOptions options)
    {
        if (value.Completion is { } completion) JsonSerializer.Serialize(writer, completion, WireJson.Wire.ChatCompletion);
        else JsonSerializer.Serialize(writer, value.Failure!, WireJson.Wire.ErrorEnvelope);
    }
}
