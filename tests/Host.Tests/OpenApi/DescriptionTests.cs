using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Orchestrator.Host.OpenApi;

namespace Orchestrator.Host.Tests.OpenApi;

/// <summary>The description is complete, and has nothing that importers stumble over.</summary>
public sealed partial class DescriptionTests(DescribedService service) : IClassFixture<DescribedService>
{
    /// <summary>As many as OpenAI's functions may have.</summary>
    const int LongestName = 64;

    const int LongestDescription = 1024;

    [GeneratedRegex(@"\A[a-z][a-z0-9_]*\z", RegexOptions.None, 1000)]
    private static partial Regex LegalName();

    [Theory]
    [InlineData(false, "3.0.")]
    [InlineData(true, "3.1.")]
    public void Document_ReadAgain_HasNoErrorsAndNoWarnings(bool newer, string version)
    {
        var text = newer ? service.Newer : service.Usual;

        var read = OpenApiDocument.Parse(text, "json");

        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.StartsWith(version, JsonDocument.Parse(text).RootElement.GetProperty("openapi").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Document_BothForms_HaveTheSameOperations() =>
        Assert.Equal(Ids(service.Usual), Ids(service.Newer));

    [Fact]
    public void Document_Operations_AreTheServicesEndpoints()
    {
        var endpoints = service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>().ToList();
        var hidden = endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.IExcludeFromDescriptionMetadata>() is not null).ToList();

        // Of the probes only HEAD is hidden: GET is among the operations below.
        Assert.Equal(
            ["", "/health", "/mcp", DescriptionEndpoints.Newer, DescriptionEndpoints.Usual, "/ready"],
            hidden.Select(endpoint => ServiceDescription.PathOf(endpoint).TrimEnd('/')).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Equal(
            endpoints.Except(hidden)
                .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
                    .Select(method => $"{method.ToLowerInvariant()} {ServiceDescription.PathOf(endpoint)}"))
                .Order(StringComparer.Ordinal),
            service.Operations.Select(operation => $"{operation.Method} {operation.Path}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Document_Ids_AreLegalAndDistinct()
    {
        var ids = service.Operations.Select(operation => operation.Operation.GetProperty("operationId").GetString()!).ToList();

        Assert.All(ids, id => Assert.Matches(LegalName(), id));
        Assert.All(ids, id => Assert.InRange(id.Length, 1, LongestName));
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Document_Operations_AreDescribed()
    {
        foreach (var (path, method, operation) in service.Operations)
        {
            Assert.True(operation.GetProperty("summary").GetString()!.Length > 0, $"{method} {path}");
            Assert.InRange(operation.GetProperty("description").GetString()!.Length, 1, LongestDescription);
            Assert.Single(operation.GetProperty("tags").EnumerateArray());
            foreach (var parameter in Parameters(operation)) Assert.True(parameter.GetProperty("description").GetString()!.Length > 0, $"{method} {path}");
        }
    }

    [Fact]
    public void Document_PathParameters_AreThoseOfThePath()
    {
        foreach (var (path, _, operation) in service.Operations)
            Assert.Equal(
                Regex.Matches(path, @"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["name"].Value),
                Parameters(operation).Where(parameter => parameter.GetProperty("in").GetString() == "path").Select(parameter => parameter.GetProperty("name").GetString()));
    }

    /// <summary>Importers for agents make one argument of each, whatever object it is in.</summary>
    [Fact]
    public void Document_Arguments_AreDistinctInEachOperation()
    {
        foreach (var (path, method, operation) in service.Operations)
        {
            var names = Parameters(operation).Select(parameter => parameter.GetProperty("name").GetString()!).Concat(Leaves(Body(operation))).ToList();
            Assert.True(names.Count == names.Distinct(StringComparer.Ordinal).Count(), $"{method} {path}: {string.Join(", ", names)}");
        }
    }

    /// <summary>Semantic Kernel refuses arguments without a type, and loses what stands outside of properties.</summary>
    [Fact]
    public void Document_Arguments_HaveOneTypeAndWords()
    {
        foreach (var (path, _, operation) in service.Operations)
        {
            foreach (var parameter in Parameters(operation)) Assert.Equal(JsonValueKind.String, parameter.GetProperty("schema").GetProperty("type").ValueKind);
            if (Body(operation) is not { } body) continue;
            Assert.False(body.TryGetProperty("$ref", out _) || body.TryGetProperty("anyOf", out _), path);
            foreach (var property in body.GetProperty("properties").EnumerateObject())
            {
                Assert.True(property.Value.TryGetProperty("type", out _), $"{path}: {property.Name}");
                Assert.True(property.Value.GetProperty("description").GetString()!.Length > 0, $"{path}: {property.Name}");
            }
        }
    }

    [Fact]
    public void Document_Of30_HasNothingOf31()
    {
        foreach (var found in Everything(service.Document))
        {
            if (found.ValueKind != JsonValueKind.Object) continue;
            Assert.False(found.TryGetProperty("$defs", out _));
            Assert.False(found.TryGetProperty("const", out _));
            if (found.TryGetProperty("type", out var type)) Assert.NotEqual(JsonValueKind.Array, type.ValueKind);
        }
    }

    /// <summary>A client that checks its requests by the newer form may send one text alone; the older form stays with one type.</summary>
    [Theory]
    [InlineData("/v1/chat/completions", "stop")]
    [InlineData("/v1/embeddings", "input")]
    public void Document_TextOrList_HasBothTypesIn31Alone(string path, string property)
    {
        Assert.Equal(["array"], Types(service.Usual));
        Assert.Equal(["array", "string"], Types(service.Newer));

        IEnumerable<string> Types(string document)
        {
            var type = Body(JsonDocument.Parse(document).RootElement.GetProperty("paths").GetProperty(path).GetProperty("post"))!.Value
                .GetProperty("properties").GetProperty(property).GetProperty("type");
            return type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()!).Order(StringComparer.Ordinal) : [type.GetString()!];
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Document_References_LeadToSomething(bool newer)
    {
        var document = JsonDocument.Parse(newer ? service.Newer : service.Usual).RootElement;
        var references = Everything(document)
            .Where(found => found.ValueKind == JsonValueKind.Object && found.TryGetProperty("$ref", out _))
            .Select(found => found.GetProperty("$ref").GetString()!).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(references);
        foreach (var reference in references) Assert.Equal(JsonValueKind.Object, new SchemaCheck(document).Find(reference).ValueKind);
    }

    /// <summary>An importer takes the address it read the document from; of a relative one Semantic Kernel makes a file's.</summary>
    [Fact]
    public void Document_Servers_AreNotNamed() => Assert.False(service.Document.TryGetProperty("servers", out _));

    [Fact]
    public void Document_WithoutKeys_LeavesThemToTheClient() =>
        Assert.Contains(service.Document.GetProperty("security").EnumerateArray(), requirement => !requirement.EnumerateObject().Any());

    [Fact]
    public void Document_OpenEndpoints_NeedNoKey()
    {
        var open = service.Operations.Where(operation => !operation.Operation.GetProperty("responses").TryGetProperty("401", out _)).ToList();

        Assert.Equal(["/health", "/ready"], open.Select(operation => operation.Path).Order(StringComparer.Ordinal));
        Assert.All(open, operation => Assert.Equal("[{}]", operation.Operation.GetProperty("security").GetRawText().Replace(" ", "", StringComparison.Ordinal)));
    }

    static IEnumerable<string> Ids(string document) =>
        from path in JsonDocument.Parse(document).RootElement.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select operation.Value.GetProperty("operationId").GetString();

    static IEnumerable<JsonElement> Parameters(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : [];

    static JsonElement? Body(JsonElement operation) =>
        operation.TryGetProperty("requestBody", out var body) ? body.GetProperty("content").EnumerateObject().Single().Value.GetProperty("schema") : null;

    static IEnumerable<string> Leaves(JsonElement? schema)
    {
        if (schema is not { } given || !given.TryGetProperty("properties", out var properties)) return [];
        return properties.EnumerateObject().SelectMany(property =>
            property.Value.TryGetProperty("properties", out _) ? Leaves(property.Value) : [property.Name]);
    }

    static IEnumerable<JsonElement> Everything(JsonElement here) => here.ValueKind switch
    {
        JsonValueKind.Object => here.EnumerateObject().SelectMany(property => Everything(property.Value)).Prepend(here),
        JsonValueKind.Array => here.EnumerateArray().SelectMany(Everything).Prepend(here),
        _ => [here],
    };
}
