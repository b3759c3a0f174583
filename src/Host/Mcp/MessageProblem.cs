using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Host.Mcp;

/// <summary>What a message is refused for.</summary>
/// <param name="Id">Of the request; null where it has none that can be told.</param>
/// <param name="Code">Of JSON-RPC.</param>
sealed record MessageProblem(JsonNode? Id, int Code, string Message)
{
    public const int InvalidRequest = -32600;
    public const int InvalidParams = -32602;

    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A reply of JSON-RPC. What no request can be found in gets none, so its status must say it.</summary>
    public IResult Reply() => Results.Text(
        new JsonObject { ["jsonrpc"] = "2.0", ["id"] = Id, ["error"] = new JsonObject { ["code"] = Code, ["message"] = Message } }.ToJsonString(Readable),
        "application/json",
        statusCode: Id is null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
}
