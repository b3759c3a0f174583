using System.Text.Json;
using Orchestrator.Host.StructuredOutput;
using Orchestrator.Host.Tools;

namespace Orchestrator.Host.OpenAi;

/// <summary>Reads <c>response_format</c>: text, any JSON object, or JSON of a schema.</summary>
static class ResponseFormatReader
{
    internal static readonly HashSet<string> Known = ["type", "json_schema"];
    internal static readonly HashSet<string> KnownOfSchema = ["name", "description", "schema", "strict"];

    static readonly JsonElement AnyObject = JsonElement.Parse("""{"type":"object"}""");

    /// <param name="tools">What the request does with tools.</param>
    /// <returns>GBNF of the answer; null where it is text.</returns>
    public static string? Read(JsonFields request, ToolUse? tools)
    {
        if (request.Find("response_format") is not { } value || AsksForNothing(value)) return null;
        if (value.ValueKind != JsonValueKind.Object) throw request.WrongType("response_format", "an object", value);
        var format = new JsonFields(value, "response_format");
        format.RejectUnknown(Known);
        var grammar = format.RequiredString("type") switch
        {
            "text" => null,
            "json_object" => SchemaGrammar.Of(AnyObject, strict: false),
            "json_schema" => ReadSchema(format),
            var other => throw new ApiException(ApiError.Invalid(
                $"Invalid value for 'response_format.type': '{ApiError.Shown(other)}' is not one of 'text', 'json_object' or 'json_schema'.",
                "response_format.type", "invalid_value")),
        };
        return grammar is not null && tools?.Offered.Count > 0
            ? throw new ApiException(ApiError.Unsupported(
                "response_format", "an answer that may call 'tools' is held to no other form; leave the tools out, or set 'tool_choice' to 'none'"))
            : grammar;
    }

    /// <summary>Semantic Kernel sends objects within objects for all that are described.</summary>
    static bool AsksForNothing(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(property => AsksForNothing(property.Value));

    static string ReadSchema(JsonFields format)
    {
        var value = format.Find("json_schema") ?? throw format.Missing("json_schema");
        if (value.ValueKind != JsonValueKind.Object) throw format.WrongType("json_schema", "an object", value);
        var described = new JsonFields(value, "response_format.json_schema");
        described.RejectUnknown(KnownOfSchema);
        // Notes for models that are told of them; a grammar needs neither.
        _ = described.String("name");
        _ = described.String("description");
        return described.Find("schema") switch
        {
            { ValueKind: JsonValueKind.Object } schema => SchemaGrammar.Of(schema, described.Bool("strict") ?? false),
            { } other => throw described.WrongType("schema", "an object, a JSON schema", other),
            null => throw described.Missing("schema"),
        };
    }
}
