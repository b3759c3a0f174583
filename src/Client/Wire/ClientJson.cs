using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Orchestrator.Client.Wire;

/// <summary>
/// What goes over the wire, in the service's snake case. Of a reply, parameters without a default must be there, and are not null
/// unless they say so: anything else is a <see cref="JsonException"/>, the reply of another server.
/// </summary>
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(CollectionReply))]
[JsonSerializable(typeof(CollectionsReply))]
[JsonSerializable(typeof(CompletionReply))]
[JsonSerializable(typeof(CreateRequest))]
[JsonSerializable(typeof(DeletedReply))]
[JsonSerializable(typeof(Dictionary<string, object>))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(EmbeddingReply))]
[JsonSerializable(typeof(ErrorReply))]
[JsonSerializable(typeof(EvaluationBody))]
[JsonSerializable(typeof(EvaluationReply))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(ModelsReply))]
[JsonSerializable(typeof(PanelFacts))]
[JsonSerializable(typeof(PlanReply))]
[JsonSerializable(typeof(QuestionBody))]
[JsonSerializable(typeof(SearchBody))]
[JsonSerializable(typeof(SearchReply))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(UpsertDocument))]
[JsonSerializable(typeof(UpsertedReply))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
sealed partial class ClientJson : JsonSerializerContext
{
    public static ClientJson Wire => Default;
}

sealed record ErrorReply(ErrorFacts? Error = null);

/// <param name="Type">The kind of error, such as <c>invalid_request_error</c>; not all have a code too.</param>
sealed record ErrorFacts(string Message, string? Code = null, string? Param = null, string? Type = null);
