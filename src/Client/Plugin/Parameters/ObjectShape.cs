using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Client.Plugin.Parameters;

/// <summary>An object of parameters of its own.</summary>
sealed class ObjectShape<T>(IReadOnlyList<Parameter> parameters, Func<Arguments, T> make) : Shape<T>
{
    public override JsonObject Schema() => ObjectSchema.NodeOf(parameters);

    public override T Read(JsonElement value, string path)
    {
        var fields = JsonForm.Unwrapped(value, path);
        return fields.ValueKind == JsonValueKind.Object
            ? make(Arguments.Of(fields, parameters, path))
            : throw ArgumentProblem.Wrong(path, value, $"an object with {parameters.Names()}");
    }
}
