using Microsoft.OpenApi;
using Orchestrator.Host.Collections;
using Orchestrator.Host.OpenApi.Schemas;

namespace Orchestrator.Host.OpenApi.Operations;

static class CollectionOperations
{
    public static OpenApiParameter Name { get; } = Parameter.Path("name", Schema.Text("The collection's name."));

    public static Operation Create { get; } = new(
        "create_collection", Tag.Collections, "Create a collection",
        "Creates an empty collection of documents, in the space of one expert that embeds. Add documents to it with add_documents.")
    {
        Body = CollectionBodies.Create.Body(),
        Replies = [Reply.Json<CollectionObject>("The collection.")],
        Refusals = [400, 404, 409, 413, 429, 503, 504],
    };

    public static Operation List { get; } = new(
        "list_collections", Tag.Collections, "List collections", "Lists all collections with the number of their documents; one that cannot be used says why.")
    {
        Replies = [Reply.Json<CollectionList>("The collections.")],
        Refusals = [503],
    };

    public static Operation Get { get; } = new(
        "get_collection", Tag.Collections, "One collection", "Tells of a collection its expert, its space and how many documents it has.")
    {
        Parameters = [Name],
        Replies = [Reply.Json<CollectionObject>("The collection.")],
        Refusals = [400, 404, 503],
    };

    public static Operation Delete { get; } = new(
        "delete_collection", Tag.Collections, "Delete a collection", "Deletes a collection with all its documents, for good.")
    {
        Parameters = [Name],
        Replies = [Reply.Json<CollectionDeletion>("It is deleted.")],
        Refusals = [400, 404, 503],
    };

    public static Operation Query { get; } = new(
        "query_collection", Tag.Collections, "Search a collection",
        "Searches a collection's documents by meaning, by words or by both, and returns the best with their scores, texts and metadata.")
    {
        Parameters = [Name],
        Body = CollectionBodies.Query.Body(),
        Replies = [Reply.Json<QueryReply>("What was found, the best first.")],
        Refusals = [400, 404, 409, 413, 429, 503, 504],
    };
}
