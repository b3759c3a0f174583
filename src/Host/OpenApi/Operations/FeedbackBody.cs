using Microsoft.OpenApi;
using Orchestrator.Host.OpenApi.Schemas;

namespace Orchestrator.Host.OpenApi.Operations;

static class FeedbackBody
{
    public static OpenApiSchema Sent { get; } = Schema.Object(
        "A verdict on one answer.",
        ("request_id", Schema.Text("The `id` of the completion, or its x-request-id.")),
        ("score", Schema.Number("0 (wrong) to 1 (right), of the whole answer.", 0, 1)),
        ("experts", Schema.Map("Instead of score: scores of 0 to 1 by the ids of experts that answered.", Schema.Number("0 (wrong) to 1 (right).", 0, 1)))
    ).Needs("request_id");
}
