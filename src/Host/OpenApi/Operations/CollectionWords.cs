using Orchestrator.Host.Collections;
using Orchestrator.Host.OpenApi.Schemas;
using static Orchestrator.Host.OpenApi.Schemas.TypeWords;

namespace Orchestrator.Host.OpenApi.Operations;

static class CollectionWords
{
    public static IEnumerable<TypeWords> All { get; } =
    [
        For<CollectionObject>("A collection; of one that cannot be used only name and error are told.",
            ("object", "Always collection."), ("name", "Its name."), ("model", "The expert that embeds its documents."), ("space", "Of its vectors."), ("dimensions", "Numbers of a vector."),
            ("created_at", "Unix seconds."), ("documents", "How many it has."), ("metadata", "As it was given."), ("memory_bytes", "That its indexes take; absent until it is searched."),
            ("approximate", "Whether searches by meaning may miss a neighbour."), ("error", "Why it cannot be used.")),
        For<CollectionList>("All collections.", ("object", "Always list."), ("data", "The collections.")),
        For<CollectionDeletion>("A collection that is gone.", ("object", "Always collection."), ("name", "Its name."), ("deleted", "Always true.")),
        For<DocumentObject>("A document.",
            ("object", "Always document."), ("id", "Its id."), ("text", "Its text."), ("metadata", "Its metadata."), ("embedding", "Its vector of length 1, where it was asked for.")),
        For<DocumentList>("One page of documents, in an order of the store's own.",
            ("object", "Always list."), ("data", "The documents."), ("has_more", "Whether there is another page."), ("last_id", "The next page begins after it; null on an empty page.")),
        For<DocumentDeletion>("A document that is gone.", ("object", "Always document."), ("id", "Its id."), ("deleted", "Always true.")),
        For<DocumentsDeletion>("Documents that are gone.", ("object", "Always collection.deletion."), ("deleted", "How many there were.")),
        For<UpsertReply>("Documents that are on the disk.",
            ("object", "Always collection.upsert."), ("upserted", "How many were added or replaced."), ("usage", "Tokens that were read to embed them.")),
        For<QueryReply>("What a query found.",
            ("object", "Always collection.results."), ("results", "The best first."), ("mode", "How it was searched: hybrid, dense or lexical."),
            ("route", "Who embedded the query and why; absent where nobody did."), ("usage", "Tokens that were read.")),
        For<QueryResult>("A document that was found.",
            ("id", "The document's."), ("score", "A cosine, a BM25 score, or in a hybrid search the sum of what its places count; compare only within a reply."),
            ("ranks", "Its places in the rankings."), ("text", "The document's."), ("metadata", "The document's."), ("embedding", "The document's vector.")),
        For<QueryRanks>("Places from 1 in the two rankings; null where it is not in one.", ("dense", "By meaning."), ("lexical", "By words.")),
        For<QueryRoute>("Who embedded a query.", ("expert", "Its id."), ("space", "Of the vector."), ("reasons", "Why, in sentences.")),
    ];
}
