using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Orchestrator.Client.Plugin.Results;

namespace Orchestrator.Client.Plugin;

/// <summary>What functions take and return, in snake case and without what is not known: models read every word of it.</summary>
[JsonSerializable(typeof(AskResult))]
[JsonSerializable(typeof(ErrorResult))]
[JsonSerializable(typeof(EvaluationResult))]
[JsonSerializable(typeof(ExpertsResult))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(RouteResult))]
[JsonSerializable(typeof(SearchResult))]
sealed partial class PluginJson : JsonSerializerContext
{
    /// <summary>To a model <c>17 + 25</c> says more than <c>17 \u002B 25</c>.</summary>
    public static PluginJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
