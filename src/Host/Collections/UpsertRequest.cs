using System.Text.Json;
using Orchestrator.Host.OpenAi;
using Orchestrator.Retrieval.Collections.Documents;

namespace Orchestrator.Host.Collections;

/// <summary>What <c>POST /v1/collections/{name}/documents</c> brings.</summary>
/// <param name="Documents">Those without a vector are to be embedded.</param>
/// <param name="Space">That the vectors which came with them are of; null when there is none.</param>
sealed record UpsertRequest(IReadOnlyList<Document> Documents, string? Space)
{
    const int MostDocuments = 1000;
    const int LongestText = 1_000_000;

    internal static readonly HashSet<string> Known = ["documents", "space"];
    internal static readonly HashSet<string> KnownOfDocument = ["id", "text", "metadata", "embedding"];

    public static UpsertRequest Read(JsonElement body)
    {
        var fields = RequestObject.Of(body, "", Known);
        Document[] documents = [.. RequestObject.Items(fields, "documents", MostDocuments).Select(item => Document(item.Element, item.Path))];
        if (documents.Length == 0)
            throw new ApiException(ApiError.Invalid("Missing required parameter: 'documents'.", "documents", "missing_required_parameter"));
        string? space = fields.String("space");
        // A vector alone does not tell what made it, and two models may have as many dimensions.
        if (space is null && documents.Any(document => document.Vector is not null))
            throw new ApiException(ApiError.Invalid(
                "'space' must name the space of the embeddings, as /v1/embeddings told it.", "space", "missing_required_parameter"));
        return new UpsertRequest(documents, space);
    }

    static Document Document(JsonElement element, string path)
    {
        var fields = RequestObject.Of(element, path, KnownOfDocument);
        return new Document(
            RequestObject.Short(fields.RequiredString("id"), fields.PathOf("id"), Orchestrator.Retrieval.Collections.Documents.Document.LongestId),
            RequestObject.Short(fields.RequiredString("text"), fields.PathOf("text"), LongestText),
            RequestObject.Metadata(fields), RequestObject.Vector(fields, "embedding"));
    }
}
