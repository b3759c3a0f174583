using Microsoft.OpenApi;
using Orchestrator.Host.OpenApi.Schemas;

namespace Orchestrator.Host.OpenApi.Operations;

static class LoadBody
{
    public static OpenApiSchema Sent { get; } =
        Schema.Object("Which expert.", ("model", Schema.Text("The expert's id; a policy cannot be loaded."))).Needs("model").Open();
}
