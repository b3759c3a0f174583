using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Client.Wire;

/// <summary>A route as caches write it down, without reflection.</summary>
[JsonSerializable(typeof(RouteDetails))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
sealed partial class RouteJson : JsonSerializerContext;
