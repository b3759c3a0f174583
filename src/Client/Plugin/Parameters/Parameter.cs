using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Client.Plugin.Parameters;

/// <summary>A named value that a model may give, described for it.</summary>
abstract class Parameter(string name, string description)
{
    public string Name => name;

    public string Description => description;

    public bool Required { get; init; }

    /// <summary>The schema of its property.</summary>
    public JsonObject Schema()
    {
        var schema = Values();
        schema["description"] = description;
        return schema;
    }

    /// <summary>What its values are like, and what stands for one that is not given.</summary>
    protected abstract JsonObject Values();
}

sealed class Parameter<T>(string name, string description, Shape<T> shape) : Parameter(name, description)
{
    /// <summary>Where it is not given.</summary>
    public T? Default { get; init; }

    public T Read(JsonElement value, string path) => shape.Read(value, path);

    protected override JsonObject Values()
    {
        var schema = shape.Schema();
        // Each by its own overload: that of any type needs reflection, which trimmed programs have not.
        if (Default is string text) schema["default"] = JsonValue.Create(text);
        if (Default is int number) schema["default"] = JsonValue.Create(number);
        return schema;
    }
}

static class ParameterNames
{
    public static bool Has(this IReadOnlyList<Parameter> parameters, string name) => parameters.Any(parameter => parameter.Name == name);

    public static string Names(this IReadOnlyList<Parameter> parameters) => string.Join(", ", parameters.Select(parameter => parameter.Name));
}
