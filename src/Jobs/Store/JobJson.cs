using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Jobs.Running;
using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Jobs.Store;

/// <summary>What the database keeps as JSON.</summary>
[JsonSerializable(typeof(JobItem))]
[JsonSerializable(typeof(PlanFacts))]
[JsonSerializable(typeof(MemberAnswer))]
[JsonSerializable(typeof(ItemEnd))]
[JsonSerializable(typeof(BatchFacts))]
[JsonSerializable(typeof(TaggedQuestion))]
[JsonSerializable(typeof(Dictionary<string, long>))]
sealed partial class JobJson : JsonSerializerContext
{
    public static JobJson Stored { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    });
}
