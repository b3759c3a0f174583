using System.Text;
using Microsoft.OpenApi;

namespace Orchestrator.Host.OpenApi;

/// <summary>
/// <c>/openapi/v1.json</c>, which Semantic Kernel and most importers read, and the same for those that want OpenAPI 3.1. Written
/// once: no endpoint comes or goes while the service runs.
/// </summary>
sealed class DescriptionEndpoints(ServiceDescription description)
{
    public const string Usual = "/openapi/v1.json";
    public const string Newer = "/openapi/v1-3.1.json";

    readonly Lazy<byte[]> _usual = new(() => Write(description.Build(), OpenApiSpecVersion.OpenApi3_0));
    readonly Lazy<byte[]> _newer = new(() => Write(description.Build(), OpenApiSpecVersion.OpenApi3_1));

    public IResult GetUsual() => Reply(_usual);

    public IResult GetNewer() => Reply(_newer);

    static IResult Reply(Lazy<byte[]> document) => Results.Bytes(document.Value, "application/json; charset=utf-8");

    static byte[] Write(OpenApiDocument document, OpenApiSpecVersion version)
    {
        using var text = new StringWriter();
        document.SerializeAs(version, new OpenApiJsonWriter(text, new OpenApiJsonWriterSettings { Terse = true }));
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
