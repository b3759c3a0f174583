using Microsoft.OpenApi;

namespace Orchestrator.Host.OpenApi.Schemas;

/// <summary>What a request says beside its body; the description is the schema's.</summary>
static class Parameter
{
    public static OpenApiParameter Path(string name, OpenApiSchema schema) => Of(name, ParameterLocation.Path, ParameterStyle.Simple, schema);

    public static OpenApiParameter Query(string name, OpenApiSchema schema) => Of(name, ParameterLocation.Query, ParameterStyle.Form, schema);

    public static OpenApiParameter Header(string name, OpenApiSchema schema) => Of(name, ParameterLocation.Header, ParameterStyle.Simple, schema);

    static OpenApiParameter Of(string name, ParameterLocation place, ParameterStyle style, OpenApiSchema schema) => new()
    {
        Name = name,
        In = place,
        Style = style,
        Explode = style == ParameterStyle.Form,
        Description = schema.Description,
        Required = place == ParameterLocation.Path,
        Schema = schema,
    };
}
