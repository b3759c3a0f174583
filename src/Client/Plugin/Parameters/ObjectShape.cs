using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Client.Plugin.Parameters;

/// <summary>An object of parameters of its own.</summary>
sealed class ObjectShape<T>(IReadOnlyList<Parameter> parameters, Func<Arguments, T> make) : Shape<T>
{
    public override JsonObject Schema() => ObjectSchema.NodeOf(parameters);

    public override T Read(JsonElement value, string path) =>
        make(Arguments.Of(JsonForm.Object(value, path, $"an object with {parameters.Names()}"), parameters, path));
}
