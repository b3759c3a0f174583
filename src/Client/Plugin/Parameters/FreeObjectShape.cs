using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Client.Plugin.Parameters;

/// <summary>An object whose fields the service checks; its parameter's description says what they are.</summary>
sealed class FreeObjectShape : Shape<JsonElement?>
{
    public override JsonObject Schema() => new() { ["type"] = "object" };

    public override JsonElement? Read(JsonElement value, string path)
    {
        var fields = JsonForm.Unwrapped(value, path);
        return fields.ValueKind == JsonValueKind.Object ? fields.Clone() : throw ArgumentProblem.Wrong(path, value, "a JSON object");
    }
}
