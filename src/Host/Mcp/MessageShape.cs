using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Mcp;

/// <summary>Finds parameters that the protocol's library takes for a failure of its own, and says what is allowed; all else it refuses itself.</summary>
static class MessageShape
{
    /// <param name="message">Of any client.</param>
    /// <returns>Null for one that is fine, or the library's to refuse.</returns>
    public static MessageProblem? Find(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var json = JsonDocument.Parse(message);
            var root = json.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("method", out var method) && method.ValueKind == JsonValueKind.String
                && root.TryGetProperty("id", out var id) && IdOf(id) is { } known
                && Wrong(method.GetString()!, root) is { } wrong
                ? new MessageProblem(known, MessageProblem.InvalidParams, wrong) : null;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            return new MessageProblem(null, MessageProblem.InvalidRequest, "A name, the id or the method of the message is not valid Unicode.");
        }
    }

    /// <returns>Null for a notification, and for what is no id.</returns>
    static JsonNode? IdOf(JsonElement id) => id.ValueKind switch
    {
        JsonValueKind.String => JsonValue.Create(id.GetString()),
        JsonValueKind.Number => JsonNode.Parse(id.GetRawText()),
        _ => null,
    };

    static string? Wrong(string method, JsonElement message)
    {
        var given = message.TryGetProperty("params", out var value) && value.ValueKind != JsonValueKind.Null;
        try
        {
            if (given) value = StrictJson.Parse(JsonMarshal.GetRawUtf8Value(value).ToArray());
        }
        catch (JsonException unreadable)
        {
            return $"The params of '{method}' cannot be read: {unreadable.Message}";
        }

        return method switch
        {
            "initialize" when !Is<InitializeRequestParams>(value) =>
                "The params of 'initialize' must be an object with 'protocolVersion', a text, 'capabilities', an object, and 'clientInfo', "
                + "an object with the texts 'name' and 'version'.",
            "tools/call" when !Is<CallToolRequestParams>(value) =>
                "The params of 'tools/call' must be an object with 'name', the tool's, and 'arguments', an object, where it takes any.",
            _ when given && value.ValueKind != JsonValueKind.Object => $"The params of '{method}' must be an object.",
            _ => null,
        };
    }

    /// <summary>Whether the library can read it.</summary>
    static bool Is<T>(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) return false;
        try
        {
            return value.Deserialize((JsonTypeInfo<T>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(T))) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
