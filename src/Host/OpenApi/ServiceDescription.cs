using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Orchestrator.Host.Authentication;
using Orchestrator.Host.OpenApi.Operations;
using Orchestrator.Host.OpenApi.Schemas;

namespace Orchestrator.Host.OpenApi;

/// <summary>Describes all endpoints that say what they do, as one OpenAPI document.</summary>
/// <remarks>
/// Its addresses are relative to where it was read: no server is named, since a proxy may have any address, and importers
/// take a relative one for a file.
/// </remarks>
sealed class ServiceDescription(EndpointDataSource endpoints, ApiKeys keys)
{
    const string Text =
        """
        Many specialised local models, served as one better model: each request goes to the expert that proved good at such
        questions. The API is OpenAI's where OpenAI has one; what it lacks is refused by name. Every reply has an
        `x-request-id`, and every error is `{"error": {"message", "type", "param", "code"}}`. A method that a path does not have is
        405 `method_not_allowed`, an unknown path 404 `unknown_url`. What is no HTTP (a NUL in the address, a header that is not
        UTF-8, headers beyond 32 KiB) gets a bare 400, 414 or 431 without body or id. The service also speaks the Model Context
        Protocol at `/mcp`, which is JSON-RPC and not described here.
        """;

    const string Bearer = "bearer";
    const string KeyHeader = "api_key";

    public static ReplyHeader RequestId { get; } =
        new("x-request-id", Schema.Text("The request's own id, as its client gave it or as it was made; the log has it too."));

    public OpenApiDocument Build()
    {
        var document = new OpenApiDocument
        {
            Info = new OpenApiInfo { Title = "Orchestrator", Version = "1", Description = Text.ReplaceLineEndings(" ") },
            Paths = [],
            Tags = Tag.All.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Text }).ToHashSet(),
            Components = new OpenApiComponents(),
        };
        Secure(document);
        var schemas = new ReplySchemas(document);
        Refusals.AddTo(document, schemas);
        foreach (var endpoint in endpoints.Endpoints.OfType<RouteEndpoint>())
            if (endpoint.Metadata.GetMetadata<Operation>() is { } operation)
                Add(document, endpoint, Described(document, schemas, endpoint, operation));
        return document;
    }

    /// <summary>As OpenAPI writes it: <c>{id}</c> also where the rest of the address is meant.</summary>
    public static string PathOf(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText!.Replace("{**", "{", StringComparison.Ordinal);

    static void Add(OpenApiDocument document, RouteEndpoint endpoint, OpenApiOperation operation)
    {
        var path = PathOf(endpoint);
        if (!document.Paths.TryGetValue(path, out var item)) document.Paths[path] = item = new OpenApiPathItem { Operations = [] };
        foreach (var method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods)
            item.Operations!.Add(new HttpMethod(method), operation);
    }

    static OpenApiOperation Described(OpenApiDocument document, ReplySchemas schemas, RouteEndpoint endpoint, Operation operation)
    {
        var open = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        var responses = new OpenApiResponses();
        foreach (var reply in operation.Replies) responses[$"{reply.Status}"] = Response(schemas, reply);
        foreach (var status in Refusals.Always.Where(status => !open || status != StatusCodes.Status401Unauthorized).Union(operation.Refusals).Order())
            responses[$"{status}"] = Refusals.Of(status, document);
        return new OpenApiOperation
        {
            OperationId = operation.Id,
            Summary = operation.Summary,
            Description = operation.Description,
            Tags = new HashSet<OpenApiTagReference> { new(operation.Tag, document) },
            Parameters = [.. operation.Parameters],
            RequestBody = operation.Body,
            Responses = responses,
            Security = open ? [[]] : null,
        };
    }

    static OpenApiResponse Response(ReplySchemas schemas, Reply reply) => new()
    {
        Description = reply.Description,
        Headers = ((IEnumerable<ReplyHeader>)[RequestId, .. reply.Headers])
            .ToDictionary(header => header.Name, header => (IOpenApiHeader)Refusals.Header(header.Schema), StringComparer.Ordinal),
        Content = reply.Content.ToDictionary(
            content => content.MediaType, content => new OpenApiMediaType { Schema = SchemaOf(schemas, content) }, StringComparer.Ordinal),
    };

    static IOpenApiSchema SchemaOf(ReplySchemas schemas, ReplyContent content) => content switch
    {
        { Schema: { } schema } => schema,
        { Types: [var only] } => schemas.Of(only),
        _ => new OpenApiSchema { AnyOf = [.. content.Types.Select(schemas.Of)] },
    };

    void Secure(OpenApiDocument document)
    {
        document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "One of the service's keys, where it has any (`server.api_key_env`).",
        });
        document.AddComponent<IOpenApiSecurityScheme>(KeyHeader, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = PresentedKey.Header,
            Description = "The same, in a header of its own.",
        });
        document.Security = [Requirement(document, Bearer), Requirement(document, KeyHeader)];
        if (!keys.Required) document.Security.Add([]);
    }

    static OpenApiSecurityRequirement Requirement(OpenApiDocument document, string scheme) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };
}
