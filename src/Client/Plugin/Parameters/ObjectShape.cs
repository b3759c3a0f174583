using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Client.Plugin.Parameters;

/// <summary>An object of parameters of its own. A field that it does not know is refused: misspelt, it would be ignored.</summary>
sealed class ObjectShape<T>(IReadOnlyList<Parameter> parameters, Func<Arguments, T> make) : Shape<T>
{
    public override JsonObject Schema() => ObjectSchema.NodeOf(parameters);

    public override T Read(JsonElement value, string path)
    {
        var fields = JsonForm.Unwrapped(value, path);
        if (fields.ValueKind != JsonValueKind.Object) throw ArgumentProblem.Wrong(path, value, $"an object with {Names}");
        foreach (var field in fields.EnumerateObject())
            if (!parameters.Any(parameter => parameter.Name == field.Name))
                throw new ArgumentProblem($"The argument '{path}' has no field '{field.Name}'; there are {Names}.");
        return make(new Arguments(fields, path));
    }

    string Names => string.Join(", ", parameters.Select(parameter => parameter.Name));
}
