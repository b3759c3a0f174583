using Microsoft.OpenApi;
using Orchestrator.Host.Collections;
using Orchestrator.Host.OpenApi.Schemas;

namespace Orchestrator.Host.OpenApi.Operations;

static class DocumentOperations
{
    static readonly OpenApiParameter Id = Parameter.Path("id", Schema.Text("The document's id, with all but letters, digits, '-', '.', '_' and '~' percent-encoded."));

    static readonly OpenApiParameter Include = Parameter.Query("include", Schema.Text("Whether vectors come too.", "embedding"));

    public static Operation Add { get; } = new(
        "add_documents", Tag.Collections, "Add or replace documents",
        "Adds up to 1,000 documents to a collection; those with an id that is there already replace it. Replies once they are embedded and on the disk.")
    {
        Parameters = [CollectionOperations.Name],
        Body = CollectionBodies.Upsert.Body(),
        Replies = [Reply.Json<UpsertReply>("They are on the disk.")],
        Refusals = [400, 404, 409, 413, 429, 503, 504],
    };

    public static Operation Put { get; } = Add with
    {
        Id = "put_documents",
        Summary = "The same, by PUT",
        Description = $"The same as {Add.Id}, for clients that send PUT. {Add.Description}",
    };

    public static Operation List { get; } = new(
        "list_documents", Tag.Collections, "List documents", "Lists a collection's documents page by page, or those of certain ids.")
    {
        Parameters =
        [
            CollectionOperations.Name,
            .. Paging.Of(20, 1000, "document"),
            Parameter.Query("id", Schema.List("Only these, up to 1,000; there are no pages then.", Schema.Text("An id."), most: 1000)),
            Include,
        ],
        Replies = [Reply.Json<DocumentList>("One page.")],
        Refusals = [400, 404, 503],
    };

    public static Operation DeleteMany { get; } = new(
        "delete_documents", Tag.Collections, "Delete documents", "Deletes the documents of certain ids, or all that meet a filter, for good.")
    {
        Parameters = [CollectionOperations.Name],
        Body = CollectionBodies.Delete.Body(),
        Replies = [Reply.Json<DocumentsDeletion>("How many there were.")],
        Refusals = [400, 404, 413, 503],
    };

    public static Operation Get { get; } = new("get_document", Tag.Collections, "One document", "Returns a document's text and metadata.")
    {
        Parameters = [CollectionOperations.Name, Id, Include],
        Replies = [Reply.Json<DocumentObject>("The document.")],
        Refusals = [400, 404, 503],
    };

    public static Operation Delete { get; } = new("delete_document", Tag.Collections, "Delete a document", "Deletes one document, for good.")
    {
        Parameters = [CollectionOperations.Name, Id],
        Replies = [Reply.Json<DocumentDeletion>("It is deleted.")],
        Refusals = [400, 404, 503],
    };
}
