using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Client.Plugin.Parameters;

/// <summary>An object whose fields the service checks; its parameter's description says what they are.</summary>
sealed class FreeObjectShape : Shape<JsonElement?>
{
    public override JsonObject Schema() => new() { ["type"] = "object" };

    public override JsonElement? Read(JsonElement value, string path) => JsonForm.Object(value, path, "a JSON object").Clone();
}
