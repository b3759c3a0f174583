using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Client.Wire;

/// <summary>What goes over the wire, in the service's snake case.</summary>
[JsonSerializable(typeof(EmbeddingRequest))]
[JsonSerializable(typeof(EmbeddingReply))]
[JsonSerializable(typeof(ErrorReply))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
sealed partial class ClientJson : JsonSerializerContext
{
    public static ClientJson Wire => Default;
}

sealed record ErrorReply(ErrorFacts? Error);

sealed record ErrorFacts(string Message, string? Code);
