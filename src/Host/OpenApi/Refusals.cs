using Microsoft.OpenApi;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.OpenApi.Schemas;

namespace Orchestrator.Host.OpenApi;

/// <summary>The statuses of the error envelope, each one component that endpoints refer to.</summary>
static class Refusals
{
    const string Seconds = "Seconds after which it is worth trying again; absent where time will not help.";

    static readonly SortedDictionary<int, (string Name, string Text)> Known = new()
    {
        [StatusCodes.Status400BadRequest] = ("InvalidRequest", "The request is wrong: `param` names the field or header and `message` says what is allowed."),
        [StatusCodes.Status401Unauthorized] = ("Unauthorized", "The service asks for a key and the request has none of its keys (`invalid_api_key`)."),
        [StatusCodes.Status403Forbidden] = ("Forbidden", "The page or the host name that the request comes from is not among `server.allowed_origins`."),
        [StatusCodes.Status404NotFound] = ("NotFound", "What the request names does not exist; `code` says which kind, such as `model_not_found`."),
        [StatusCodes.Status409Conflict] = ("Conflict", "It contradicts what there is: a name that is taken, or vectors of another space."),
        [StatusCodes.Status413PayloadTooLarge] = ("TooLarge", "The body or the file has more bytes than the service takes."),
        [StatusCodes.Status429TooManyRequests] = ("TooManyRequests", "The queue of the expert is full, or a client gave too much feedback; try again later."),
        [StatusCodes.Status500InternalServerError] = ("Failed", "The service failed; its log has the details under the request's `x-request-id`."),
        [StatusCodes.Status503ServiceUnavailable] = ("Unavailable", "It cannot be done now: the service is starting, or no expert that could do it is usable."),
        [StatusCodes.Status504GatewayTimeout] = ("TimedOut", "The answer took longer than `server.request_timeout`."),
    };

    /// <summary>What any endpoint may reply; 401 where a key is asked for.</summary>
    public static IReadOnlyList<int> Always { get; } = [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status500InternalServerError];

    public static void AddTo(OpenApiDocument document, ReplySchemas schemas)
    {
        foreach (var (status, (name, text)) in Known)
            document.AddComponent(name, new OpenApiResponse
            {
                Description = text,
                Headers = HeadersOf(status),
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["application/json"] = new() { Schema = schemas.Of(typeof(ErrorEnvelope)) },
                },
            });
    }

    public static OpenApiResponseReference Of(int status, OpenApiDocument document) => new(Known[status].Name, document);

    static Dictionary<string, IOpenApiHeader> HeadersOf(int status)
    {
        var headers = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal) { [ServiceDescription.RequestId.Name] = Header(ServiceDescription.RequestId.Schema) };
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
            headers["Retry-After"] = Header(Schema.Whole(Seconds, least: 0));
        if (status == StatusCodes.Status401Unauthorized) headers["WWW-Authenticate"] = Header(Schema.Text("The scheme to use: Bearer."));
        return headers;
    }

    public static OpenApiHeader Header(OpenApiSchema schema) => new() { Description = schema.Description, Schema = schema };
}
