using Orchestrator.Retrieval.Collections.Documents;

namespace Orchestrator.Retrieval.Collections;

/// <summary>What every store checks before it takes a vector.</summary>
public static class SpaceGuard
{
    /// <exception cref="CollectionException">The space is another one than the collection's; both are named.</exception>
    public static void Check(CollectionSpec collection, string space)
    {
        ArgumentNullException.ThrowIfNull(collection);
        if (space != collection.Space)
            throw new CollectionException(
                CollectionFailure.OtherSpace,
                $"The collection '{collection.Name}' has vectors of the space '{collection.Space}', these are of '{space}': "
                + "vectors of different spaces cannot be compared. Embed with the collection's model, or build a new collection.");
    }

    /// <summary>The documents with unit vectors.</summary>
    /// <exception cref="CollectionException">Another space, a vector that does not fit, or an id that is none or comes twice.</exception>
    internal static Document[] Checked(CollectionSpec collection, string space, IReadOnlyList<Document> documents)
    {
        Check(collection, space);
        var ids = new HashSet<string>(documents.Count, StringComparer.Ordinal);
        return [.. documents.Select(document =>
        {
            if (document.Id.Length is 0 or > Document.LongestId)
                throw new CollectionException(CollectionFailure.Invalid, $"An id must have 1 to {Document.LongestId} characters.");
            // Addresses cannot name these.
            if (document.Id is "." or ".." || document.Id.Any(char.IsControl))
                throw new CollectionException(CollectionFailure.Invalid, "An id must have no control characters, and be neither '.' nor '..'.");
            if (!ids.Add(document.Id))
                throw new CollectionException(CollectionFailure.Invalid, $"The id '{document.Id}' comes twice in these documents.");
            return document with { Vector = UnitVector.Of(document.Vector ?? [], collection.Dimensions, $"'{document.Id}'") };
        })];
    }

    internal static float[] Checked(CollectionSpec collection, string space, float[] query)
    {
        Check(collection, space);
        return UnitVector.Of(query, collection.Dimensions, "the query");
    }
}
