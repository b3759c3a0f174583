using System.Text.Json;

namespace Orchestrator.Host.Tools;

/// <summary>A function that the caller can run.</summary>
/// <param name="Parameters">Their JSON schema, an object; null where it takes none.</param>
sealed record ToolDefinition(string Name, string? Description, JsonElement? Parameters);
