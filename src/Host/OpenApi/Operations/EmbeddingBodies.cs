using Microsoft.OpenApi;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.OpenApi.Schemas;

namespace Orchestrator.Host.OpenApi.Operations;

static class EmbeddingBodies
{
    public static OpenApiSchema Embed { get; } = Schema.Object(
        "OpenAI's request, and `input_type`.",
        ("model", Schema.Text("An expert that embeds, or 'auto', which chooses one for each query.")),
        ("input", Schema.ListOrOne("Texts to embed; a single one may also be given as a string.", Schema.Text("A text that is not empty."), 1, EmbeddingRequestReader.MostInputs)),
        ("input_type", Schema.Text("Which side the texts are on; without it documents, but queries for 'auto' and for experts that embed nothing else.", "query", "document")),
        ("encoding_format", Schema.Text("How vectors are written: numbers, or their bytes in base64.", "float", "base64")),
        ("dimensions", Schema.Whole("Numbers to keep of each vector; without it all.", 1, 65_536)),
        ("service_tier", Schema.Text("'flex' is work that can wait.", "auto", "default", "flex", "priority")),
        ("user", Schema.Text("Without effect."))
    ).Needs("model", "input");

    public static OpenApiSchema Rerank { get; } = Schema.Object(
        "A query and documents.",
        ("model", Schema.Text("An expert that embeds, or 'auto', which chooses one for the query.")),
        ("query", Schema.Text("What is looked for.")),
        ("documents", Schema.List("Texts to order; of one that is too long the beginning counts. An object with a `text` is taken as well.", Schema.Text("A text that is not empty."), 1, 2048)),
        ("top_n", Schema.Whole("How many to return; without it all.", 1, int.MaxValue)),
        ("return_documents", Schema.Flag("Whether their texts come back.", false))
    ).Needs("model", "query", "documents");
}
