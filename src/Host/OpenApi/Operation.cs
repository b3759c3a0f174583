using Microsoft.OpenApi;

namespace Orchestrator.Host.OpenApi;

/// <summary>What the description of the service tells of one endpoint; path and method are the endpoint's own.</summary>
/// <param name="Id">Stable and unique, of letters, digits and <c>_</c>: importers name functions by it.</param>
/// <param name="Summary">A few words, for lists.</param>
/// <param name="Description">All that a model needs to use it; importers show this and not the summary.</param>
sealed record Operation(string Id, string Tag, string Summary, string Description)
{
    public IReadOnlyList<OpenApiParameter> Parameters { get; init; } = [];

    public OpenApiRequestBody? Body { get; init; }

    public required IReadOnlyList<Reply> Replies { get; init; }

    /// <summary>Statuses that come in the error envelope, beyond those that any endpoint may have.</summary>
    public IReadOnlyList<int> Refusals { get; init; } = [];
}

/// <summary>One status of an endpoint that is not in the error envelope.</summary>
sealed record Reply(int Status, string Description)
{
    /// <summary>By media type.</summary>
    public IReadOnlyList<ReplyContent> Content { get; init; } = [];

    /// <summary>Beyond <c>x-request-id</c>, which every reply has.</summary>
    public IReadOnlyList<ReplyHeader> Headers { get; init; } = [];

    /// <typeparam name="T">A type of <see cref="OpenAi.WireJson"/>.</typeparam>
    public static Reply Json<T>(string description, int status = StatusCodes.Status200OK) =>
        new(status, description) { Content = [ReplyContent.Of<T>("application/json")] };
}

/// <summary>What a reply is made of: values of types that are written as JSON (any one of them), or what the schema says.</summary>
sealed record ReplyContent(string MediaType, IReadOnlyList<Type> Types, OpenApiSchema? Schema = null)
{
    public static ReplyContent Of<T>(string mediaType) => new(mediaType, [typeof(T)]);

    public static ReplyContent Of(string mediaType, OpenApiSchema schema) => new(mediaType, [], schema);
}

sealed record ReplyHeader(string Name, OpenApiSchema Schema);
