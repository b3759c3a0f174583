using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Client.Wire;

/// <summary>What goes over the wire, in the service's snake case.</summary>
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(CollectionReply))]
[JsonSerializable(typeof(CompletionReply))]
[JsonSerializable(typeof(CreateRequest))]
[JsonSerializable(typeof(DeletedReply))]
[JsonSerializable(typeof(Dictionary<string, object>))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(EmbeddingRequest))]
[JsonSerializable(typeof(EmbeddingReply))]
[JsonSerializable(typeof(ErrorReply))]
[JsonSerializable(typeof(EvaluationBody))]
[JsonSerializable(typeof(EvaluationReply))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(ModelsReply))]
[JsonSerializable(typeof(PanelFacts))]
[JsonSerializable(typeof(PlanReply))]
[JsonSerializable(typeof(QuestionBody))]
[JsonSerializable(typeof(SearchBody))]
[JsonSerializable(typeof(SearchReply))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(UpsertBody))]
[JsonSerializable(typeof(UpsertedReply))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
sealed partial class ClientJson : JsonSerializerContext
{
    public static ClientJson Wire => Default;
}

sealed record ErrorReply(ErrorFacts? Error);

sealed record ErrorFacts(string Message, string? Code, string? Param);
