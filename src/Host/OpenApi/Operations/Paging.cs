using Microsoft.OpenApi;
using Orchestrator.Host.OpenApi.Schemas;

namespace Orchestrator.Host.OpenApi.Operations;

/// <summary>Which part of a list is asked for.</summary>
static class Paging
{
    public static OpenApiParameter[] Of(int usual, int most, string what) =>
    [
        Parameter.Query("limit", Schema.Whole("How many to list.", 1, most, usual)),
        Parameter.Query("after", Schema.Text($"The id of the last {what} of the page before; without it the list begins.")),
    ];
}
