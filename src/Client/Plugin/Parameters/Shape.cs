using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Client.Plugin.Parameters;

/// <summary>What a value must be like: told to models by its schema, and read leniently from what they send.</summary>
abstract class Shape<T>
{
    /// <summary>Plain and whole: hosts lose definitions, references and whatever else stands beside the properties.</summary>
    public abstract JsonObject Schema();

    /// <param name="path">What the value is called in errors, such as <c>questions[2].reference</c>.</param>
    /// <exception cref="ArgumentProblem">The value is another.</exception>
    public abstract T Read(JsonElement value, string path);
}
