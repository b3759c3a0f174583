using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Orchestrator.Client.Plugin.Parameters;

/// <summary>What a function was called with.</summary>
/// <param name="path">Where they stand, for errors; empty for those of the function itself.</param>
sealed class Arguments(Func<string, JsonElement> find, string path)
{
    /// <summary>
    /// Those of a call. JSON under another name is a model's, and refused: it would be ignored. Values of .NET are passed over: hosts
    /// hand over what their functions share, as Semantic Kernel does with the variables of a template.
    /// </summary>
    /// <exception cref="ArgumentProblem">A model named one that there is not.</exception>
    public static Arguments Of(AIFunctionArguments given, IReadOnlyList<Parameter> parameters)
    {
        foreach (var (name, value) in given)
            if (value is JsonElement && !parameters.Has(name))
                throw new ArgumentProblem($"There is no argument '{name}'; there are {parameters.Names()}.");
        return new Arguments(name => JsonForm.Of(given.GetValueOrDefault(name), name), "");
    }

    /// <summary>The fields of an object. One that it does not have is refused: misspelt, it would be ignored.</summary>
    /// <exception cref="ArgumentProblem">There is such a one.</exception>
    public static Arguments Of(JsonElement given, IReadOnlyList<Parameter> parameters, string path)
    {
        foreach (var field in given.EnumerateObject())
            if (!parameters.Has(field.Name))
                throw new ArgumentProblem($"The argument '{path}' has no field '{field.Name}'; there are {parameters.Names()}.");
        return new Arguments(name => given.TryGetProperty(name, out var value) ? value : default, path);
    }

    /// <exception cref="ArgumentProblem">It is not given, or another than allowed.</exception>
    public T Get<T>(Parameter<T> parameter) =>
        Given(parameter) is { } value ? parameter.Read(value, PathOf(parameter)) : throw ArgumentProblem.Missing(PathOf(parameter), parameter.Description);

    /// <returns>Its default where it is not given.</returns>
    /// <exception cref="ArgumentProblem">It is another than allowed.</exception>
    public T? Find<T>(Parameter<T> parameter) =>
        Given(parameter) is { } value ? parameter.Read(value, PathOf(parameter)) : parameter.Default;

    string PathOf(Parameter parameter) => path.Length == 0 ? parameter.Name : $"{path}.{parameter.Name}";

    /// <summary>Models fill in null or nothing for what they leave out.</summary>
    JsonElement? Given(Parameter parameter)
    {
        var value = find(parameter.Name);
        return value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
            || (value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(JsonForm.Text(value, PathOf(parameter)))) ? null : value;
    }
}
