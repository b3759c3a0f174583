using Microsoft.OpenApi;
using Orchestrator.Host.Api;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.OpenApi.Schemas;

namespace Orchestrator.Host.OpenApi.Operations;

static class JobBodies
{
    public static OpenApiSchema Upload { get; } = Schema.Object(
        "A form with two fields.",
        ("file", new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = "The file, JSON lines." }),
        ("purpose", Schema.Text("What it is for.", FileUpload.Batch))
    ).Needs("file", "purpose");

    public static OpenApiSchema Create { get; } = Schema.Object(
        "OpenAI's request.",
        ("input_file_id", Schema.Text("The id of an uploaded file with the purpose batch.")),
        ("endpoint", Schema.Text("What its lines ask for.", BatchLines.Endpoint)),
        ("completion_window", Schema.Text("OpenAI's; how long a batch may really take is configured.", BatchRequestReader.Window)),
        ("metadata", Schema.Map("Up to 16 texts that are kept with it, names up to 64 and texts up to 512 characters.", Schema.Text("A text.")))
    ).Needs("input_file_id", "endpoint", "completion_window");
}
