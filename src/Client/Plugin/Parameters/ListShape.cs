using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Client.Plugin.Parameters;

/// <summary>A list; one value alone is a list of it, and a text of a list's JSON is that list.</summary>
/// <param name="most">Items allowed.</param>
sealed class ListShape<T>(Shape<T> item, int most) : Shape<IReadOnlyList<T>>
{
    public override JsonObject Schema() => new() { ["type"] = "array", ["items"] = item.Schema(), ["maxItems"] = most };

    public override IReadOnlyList<T> Read(JsonElement value, string path)
    {
        var list = JsonForm.Unwrapped(value, path);
        if (list.ValueKind != JsonValueKind.Array) return [Single(value, list, path)];
        return list.GetArrayLength() <= most
            ? [.. list.EnumerateArray().Select((element, index) => item.Read(element, $"{path}[{index}]"))]
            : throw new ArgumentProblem($"The argument '{path}' must have at most {most} items, not {list.GetArrayLength()}.");
    }

    /// <param name="meant">The value that a text holds.</param>
    T Single(JsonElement value, JsonElement meant, string path) => item is ObjectShape<T> && meant.ValueKind != JsonValueKind.Object
        ? throw ArgumentProblem.Wrong(path, value, "a list of objects, in JSON")
        : item.Read(value, path);
}
