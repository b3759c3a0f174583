using Microsoft.OpenApi;

namespace Orchestrator.Host.OpenApi.Schemas;

/// <summary>A list of texts, of which one may come alone. Only OpenAPI 3.1 can say so without <c>anyOf</c>, which importers of 3.0 fail on.</summary>
sealed class TextOrListSchema : OpenApiSchema
{
    public override void SerializeAsV31(IOpenApiWriter writer)
    {
        // A copy, since the same schema is written as 3.0 too.
        var both = (OpenApiSchema)CreateShallowCopy();
        both.Type |= JsonSchemaType.String;
        both.SerializeAsV31(writer);
    }
}
