using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Experts.Trial;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TrialLine))]
[JsonSerializable(typeof(TrialCandidate))]
sealed partial class TrialJson : JsonSerializerContext;
