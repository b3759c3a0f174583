using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Client.Plugin.Parameters;

/// <summary>An object of parameters, with <c>properties</c> and <c>required</c> alone: of anything else Semantic Kernel knows nothing.</summary>
static class ObjectSchema
{
    public static JsonElement Of(IReadOnlyList<Parameter> parameters) => JsonSerializer.SerializeToElement(NodeOf(parameters), PluginJson.Plain.JsonObject);

    public static JsonObject NodeOf(IReadOnlyList<Parameter> parameters) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(parameters.Select(parameter => KeyValuePair.Create<string, JsonNode?>(parameter.Name, parameter.Schema()))),
        ["required"] = new JsonArray([.. parameters.Where(parameter => parameter.Required).Select(parameter => (JsonNode)parameter.Name)]),
    };
}
