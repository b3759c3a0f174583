using System.Text.Json;
using Orchestrator.Host.OpenAi;
using Orchestrator.Retrieval.Collections.Documents;
using Orchestrator.Retrieval.Collections.Filters;

namespace Orchestrator.Host.Collections;

/// <summary>What <c>POST /v1/collections/{name}/documents/delete</c> asks for: ids or a filter.</summary>
sealed record DeletionRequest(IReadOnlyList<string>? Ids, Filter? Filter)
{
    const int MostIds = 1000;

    internal static readonly HashSet<string> Known = ["ids", "filter"];

    public static DeletionRequest Read(JsonElement body)
    {
        var fields = RequestObject.Of(body, "", Known);
        // Beside ids an empty filter asks for nothing; Semantic Kernel sends one for every object of a description.
        var filtered = fields.Find("filter") is { } filter && !(fields.Has("ids") && JsonFields.IsEmptyObject(filter));
        if (fields.Has("ids") == filtered)
            throw new ApiException(ApiError.Invalid("Either 'ids' or 'filter' must be given.", "ids", "missing_required_parameter"));
        return fields.Has("ids")
            ? new DeletionRequest(
                [.. RequestObject.Items(fields, "ids", MostIds).Select(item => RequestObject.Text(item.Element, item.Path, Document.LongestId))], null)
            : new DeletionRequest(null, Conditions(fields));
    }

    /// <summary>A filter without conditions takes all documents, which is more than most who send one want.</summary>
    static Filter Conditions(JsonFields fields) =>
        FilterReader.Read(fields, "filter") is { } filter && filter.Must.Count + filter.Should.Count + filter.MustNot.Count > 0
            ? filter
            : throw new ApiException(ApiError.Invalid(
                "'filter' needs a condition; to delete all documents delete the collection.", "filter", "invalid_value"));
}
