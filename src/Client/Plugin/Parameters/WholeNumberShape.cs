using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Client.Plugin.Parameters;

/// <summary>A whole number, also one written as <c>5.0</c> or within a text.</summary>
sealed class WholeNumberShape(int least, int most) : Shape<int>
{
    public override JsonObject Schema() => new() { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most };

    public override int Read(JsonElement value, string path)
    {
        var number = JsonForm.Unwrapped(value, path);
        return number.ValueKind == JsonValueKind.Number && number.TryGetDouble(out var read) && read == Math.Truncate(read) && read >= least && read <= most
            ? (int)read
            : throw ArgumentProblem.Wrong(path, value, $"a whole number from {least} to {most}");
    }
}
