using Microsoft.OpenApi;
using Orchestrator.Host.OpenApi.Schemas;

namespace Orchestrator.Host.OpenApi.Operations;

static class CollectionBodies
{
    const string Space = "The space of the vectors that are sent, as create_embedding told it; needed where any is.";

    public static OpenApiSchema Create { get; } = Schema.Object(
        "A new collection.",
        ("name", Schema.Text("1 to 64 letters a-z, A-Z, digits, '-' and '_'.")),
        ("model", Schema.Text("The expert that embeds its documents; 'auto' or none leaves it to the service.")),
        ("metadata", MetadataSchema.Sent("What is to be known of it."))
    ).Needs("name");

    public static OpenApiSchema Query { get; } = Schema.Object(
        "What is looked for.",
        ("query", Schema.Text("The question, in words; needed but for a search by a vector alone.")),
        ("mode", Schema.Text("By meaning (dense), by words (lexical) or by both (hybrid, which is usual).", "hybrid", "dense", "lexical")),
        ("top_k", Schema.Whole("How many documents to find.", 1, 1000, usual: 10)),
        ("filter", FilterSchema.Sent("Which documents are considered; without conditions all.")),
        ("include", Schema.List("What of each document is told; without it text and metadata.", Schema.Text("A part.", "text", "metadata", "embedding"), most: 3)),
        ("model", Schema.Text("The expert that embeds the query; 'auto', which is usual, chooses one.")),
        ("weights", Schema.Object(
            "How much each ranking counts in a hybrid search.",
            ("dense", Schema.Number("Of meaning.", 0, 1000, usual: 1)),
            ("lexical", Schema.Number("Of words.", 0, 1000, usual: 1)))),
        ("embedding", Schema.List("A vector to search by instead of the query's.", Schema.Number("A number."), most: 1 << 14)),
        ("space", Schema.Text(Space)));

    public static OpenApiSchema Document { get; } = Schema.Object(
        "A document.",
        ("id", Schema.Text("Its owner's name for it, up to 512 characters; a document of that id is replaced.")),
        ("text", Schema.Text("What is searched and shown, up to 1,000,000 characters.")),
        ("metadata", MetadataSchema.Sent("What filters look at, up to 64 fields.")),
        ("embedding", Schema.List("Its vector, where it was made already; without it the collection's expert makes one.", Schema.Number("A number."), most: 1 << 14))
    ).Needs("id", "text");

    public static OpenApiSchema Upsert { get; } = Schema.Object(
        "Documents to add or replace.",
        ("documents", Schema.List("The documents.", Document, 1, 1000)),
        ("space", Schema.Text(Space))
    ).Needs("documents");

    public static OpenApiSchema Delete { get; } = Schema.Object(
        "Which documents: either `ids` or `filter`.",
        ("ids", Schema.List("Ids of documents.", Schema.Text("An id."), most: 1000)),
        ("filter", FilterSchema.Sent("Those that meet it; it needs a condition.")));
}
