using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Orchestrator.Client.Plugin.Parameters;

/// <summary>
/// What a function was called with. Arguments of other names are passed over: hosts hand over what they share between functions.
/// </summary>
/// <param name="path">Where they stand, for errors; empty for those of the function itself.</param>
sealed class Arguments(Func<string, JsonElement> find, string path)
{
    public Arguments(AIFunctionArguments given)
        : this(name => JsonForm.Of(given.GetValueOrDefault(name), name), "")
    {
    }

    /// <param name="given">An object.</param>
    public Arguments(JsonElement given, string path)
        : this(name => given.TryGetProperty(name, out var value) ? value : default, path)
    {
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
