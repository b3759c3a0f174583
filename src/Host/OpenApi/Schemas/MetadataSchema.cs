using Microsoft.OpenApi;

namespace Orchestrator.Host.OpenApi.Schemas;

/// <summary>Metadata of collections and documents: a flat object.</summary>
static class MetadataSchema
{
    const string Values = "A text, a number, a flag, or a list of texts; null leaves the field out. A whole number beyond ±9007199254740991 must be sent as a text.";

    public static OpenApiSchema Sent(string description) => Schema.Map(description, AnyValue);

    public static OpenApiSchema Written(string? description) => Schema.Map(description ?? "", AnyValue);

    static OpenApiSchema AnyValue => Schema.Either(
        Values, Schema.Text("A text."), Schema.Number("A number."), Schema.Flag("A flag."), Schema.List("Texts.", Schema.Text("A text.")));
}
