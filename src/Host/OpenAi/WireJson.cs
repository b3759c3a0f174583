using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Host.Collections;
using Orchestrator.Host.Evaluations;
using Orchestrator.Host.Feedback;
using Orchestrator.Host.Reloading;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.OpenAi;

sealed record ErrorEnvelope(ApiError Error);

/// <summary>Everything that goes over the wire, in OpenAI's snake case.</summary>
[JsonSerializable(typeof(BatchList))]
[JsonSerializable(typeof(BatchOutputLine))]
[JsonSerializable(typeof(ChatChunk))]
[JsonSerializable(typeof(ChatCompletion))]
[JsonSerializable(typeof(CollectionDeletion))]
[JsonSerializable(typeof(CollectionList))]
[JsonSerializable(typeof(ConfigChanges))]
[JsonSerializable(typeof(CountedChatChunk))]
[JsonSerializable(typeof(DocumentDeletion))]
[JsonSerializable(typeof(DocumentList))]
[JsonSerializable(typeof(DocumentsDeletion))]
[JsonSerializable(typeof(EmbeddingReply))]
[JsonSerializable(typeof(float[]))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(ErrorEnvelope))]
[JsonSerializable(typeof(EvaluationReply))]
[JsonSerializable(typeof(FeedbackReply))]
[JsonSerializable(typeof(FileDeletion))]
[JsonSerializable(typeof(FileList))]
[JsonSerializable(typeof(LoadReply))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(QueryReply))]
[JsonSerializable(typeof(RerankReply))]
[JsonSerializable(typeof(RoutePlan))]
[JsonSerializable(typeof(RunningList))]
[JsonSerializable(typeof(ServiceHealth))]
[JsonSerializable(typeof(UpsertReply))]
sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>Answers are read by programs, so letters of all scripts stay letters.</summary>
    public static WireJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

/// <summary>The answer of <c>/health</c> and <c>/ready</c>.</summary>
sealed record ServiceHealth(string Status, int? Experts = null, int? Quarantined = null, string? Reason = null);
