using System.Text.Json;
using System.Text.RegularExpressions;
using Orchestrator.Host.Tools;

namespace Orchestrator.Host.OpenAi;

/// <summary>Reads <c>tools</c>, <c>tool_choice</c> and <c>parallel_tool_calls</c>.</summary>
static partial class ToolsReader
{
    /// <summary>As many as OpenAI allows; all of them stand in the prompt.</summary>
    const int MostTools = 128;

    static readonly HashSet<string> KnownInTool = ["type", "function"];
    static readonly HashSet<string> KnownInFunction = ["name", "description", "parameters", "strict"];

    /// <param name="turns">What the messages have to do with tools; one for each.</param>
    /// <returns>Null where no tools are used.</returns>
    public static ToolUse? Read(JsonFields request, IReadOnlyList<ToolTurn?> turns)
    {
        var offered = ReadTools(request);
        var forced = ReadChoice(request, offered);
        var use = new ToolUse
        {
            Offered = forced is null ? [] : offered,
            Forced = forced ?? [],
            Several = request.Bool("parallel_tool_calls") ?? true,
            Turns = turns,
        };
        return use.Offered.Count > 0 || turns.Any(turn => turn is not null) ? use : null;
    }

    static List<ToolDefinition> ReadTools(JsonFields request)
    {
        if (request.Find("tools") is not { } value) return [];
        if (value.ValueKind != JsonValueKind.Array) throw request.WrongType("tools", "an array of objects", value);
        if (value.GetArrayLength() > MostTools)
            throw new ApiException(ApiError.Invalid(
                $"Invalid 'tools': {value.GetArrayLength()} tools given, at most {MostTools} are allowed.", "tools", "array_above_max_length"));
        var tools = new List<ToolDefinition>();
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            var tool = ReadTool(request, item, $"tools[{index}]");
            if (tools.Any(other => other.Name == tool.Name))
                throw Invalid($"tools[{index}].function.name", $"'{tool.Name}' is the name of two tools.");
            tools.Add(tool);
        }

        return tools;
    }

    static ToolDefinition ReadTool(JsonFields request, JsonElement item, string path)
    {
        if (item.ValueKind != JsonValueKind.Object) throw request.WrongType(path, "an object", item);
        var tool = new JsonFields(item, path);
        tool.RejectUnknown(KnownInTool);
        if (tool.RequiredString("type") is not "function" and var type)
            throw new ApiException(ApiError.Unsupported(tool.PathOf("type"), $"there are no tools of the type '{ApiError.Shown(type)}', only 'function'"));
        var function = RequiredObject(tool, "function");
        function.RejectUnknown(KnownInFunction);
        if (function.Bool("strict") is true)
            throw new ApiException(ApiError.Unsupported(function.PathOf("strict"), "arguments are not held to their schema; leave it out"));
        var parameters = function.Find("parameters");
        if (parameters is { ValueKind: not JsonValueKind.Object } wrong) throw function.WrongType("parameters", "an object, a JSON schema", wrong);
        return new ToolDefinition(ReadName(function), function.String("description"), parameters?.Clone());
    }

    static string ReadName(JsonFields function) => function.RequiredString("name") is var name && Name().IsMatch(name)
        ? name
        : throw Invalid(function.PathOf("name"), $"'{ApiError.Shown(name)}' is not 1 to 64 letters, digits, '_' and '-'.");

    /// <returns>Names of which one must be called; null where none may.</returns>
    static IReadOnlyList<string>? ReadChoice(JsonFields request, List<ToolDefinition> offered)
    {
        if (request.Find("tool_choice") is not { } choice) return [];
        if (choice.ValueKind == JsonValueKind.Object) return [ReadNamed(new JsonFields(choice, "tool_choice"), offered)];
        if (choice.ValueKind != JsonValueKind.String) throw request.WrongType("tool_choice", "a string or an object", choice);
        return choice.GetString() switch
        {
            "none" => null,
            "auto" => [],
            "required" when offered.Count > 0 => [.. offered.Select(tool => tool.Name)],
            "required" => throw Invalid("tool_choice", "'required' needs 'tools'."),
            var other => throw Invalid(
                "tool_choice", $"'{ApiError.Shown(other!)}' is not one of 'none', 'auto', 'required' or {{\"type\": \"function\", \"function\": {{\"name\": …}}}}."),
        };
    }

    static string ReadNamed(JsonFields choice, List<ToolDefinition> offered)
    {
        choice.RejectUnknown(KnownInTool);
        if (choice.RequiredString("type") is not "function" and var type)
            throw new ApiException(ApiError.Unsupported(choice.PathOf("type"), $"'{ApiError.Shown(type)}' cannot be chosen, only 'function'"));
        var function = RequiredObject(choice, "function");
        function.RejectUnknown(new HashSet<string> { "name" });
        var name = function.RequiredString("name");
        return offered.Any(tool => tool.Name == name)
            ? name
            : throw Invalid(function.PathOf("name"), $"'{ApiError.Shown(name)}' is none of the 'tools'.");
    }

    static JsonFields RequiredObject(JsonFields fields, string name) => fields.Find(name) switch
    {
        { ValueKind: JsonValueKind.Object } value => new JsonFields(value, fields.PathOf(name)),
        null => throw new ApiException(ApiError.Invalid(
            $"Missing required parameter: '{fields.PathOf(name)}'.", fields.PathOf(name), "missing_required_parameter")),
        { } other => throw fields.WrongType(name, "an object", other),
    };

    static ApiException Invalid(string param, string problem) => new(ApiError.Invalid($"Invalid value for '{param}': {problem}", param, "invalid_value"));

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
