using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Orchestrator.Client.Tests.Plugin;

/// <summary>What Semantic Kernel makes of a tool: it rebuilds schemas from properties and required alone.</summary>
public sealed class SchemaTests
{
    static readonly string[] Keywords =
        ["type", "description", "properties", "required", "items", "enum", "default", "minimum", "maximum", "maxItems", "maxLength"];

    static readonly string[] Five = ["ask_experts", "route_question", "list_experts", "evaluate_batch", "search_collection"];

    public static TheoryData<string> Names => [.. Five];

    [Fact]
    public void Functions_AreTheFive()
    {
        using var plugin = new OrchestratorPlugin(new OrchestratorClientOptions { Endpoint = new Uri("http://host") });

        Assert.Equal(Five, plugin.Functions.Select(function => function.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Name_HasLettersThatHostsAllow(string name) =>
        Assert.All(Find(name).Name, letter => Assert.True(char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-', $"'{letter}'"));

    [Theory]
    [MemberData(nameof(Names))]
    public void JsonSchema_Root_IsAnObjectOfPropertiesAndRequiredAlone(string name)
    {
        var schema = Find(name).JsonSchema;

        Assert.Equal(["type", "properties", "required"], schema.EnumerateObject().Select(field => field.Name));
        Assert.Equal("object", schema.GetProperty("type").GetString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void JsonSchema_EverySchemaInIt_IsPlainAndWhole(string name) => Assert.All(Schemas(Find(name).JsonSchema), schema =>
    {
        // No boolean schemas, no references and definitions, no unions, no additionalProperties, no ["string", "null"].
        Assert.Equal(JsonValueKind.Object, schema.ValueKind);
        Assert.All(schema.EnumerateObject(), field => Assert.Contains(field.Name, Keywords));
        Assert.Equal(JsonValueKind.String, schema.GetProperty("type").ValueKind);
        Assert.Equal(schema.GetProperty("type").GetString() == "array", schema.TryGetProperty("items", out _));
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void JsonSchema_Properties_AreDescribedAndOneIsNotCalledSchema(string name) => Assert.All(Schemas(Find(name).JsonSchema), schema =>
    {
        if (!schema.TryGetProperty("properties", out var properties)) return;
        Assert.All(properties.EnumerateObject(), property =>
        {
            Assert.NotEqual("schema", property.Name);
            Assert.True(property.Value.GetProperty("description").GetString() is { Length: > 10 }, property.Name);
        });
        Assert.All(schema.GetProperty("required").EnumerateArray(), required => Assert.True(properties.TryGetProperty(required.GetString()!, out _)));
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Description_IsASentence(string name) => Assert.EndsWith(".", Find(name).Description, StringComparison.Ordinal);

    [Fact]
    public void JsonSchema_Policy_HasThePluginsModelAsDefault()
    {
        using var plugin = new OrchestratorPlugin(new OrchestratorClientOptions { Endpoint = new Uri("http://host") }, "symbolic-moe");

        Assert.Equal("symbolic-moe", plugin.Functions[0].JsonSchema.GetProperty("properties").GetProperty("policy").GetProperty("default").GetString());
    }

    [Theory]
    [InlineData("ask_experts")]
    [InlineData("route_question")]
    public void JsonSchema_Skills_SaysHowLongAPhraseMayBe(string name) =>
        Assert.Equal(100, Find(name).JsonSchema.GetProperty("properties").GetProperty("skills").GetProperty("items").GetProperty("maxLength").GetInt32());

    static AIFunction Find(string name)
    {
        using var plugin = new OrchestratorPlugin(new OrchestratorClientOptions { Endpoint = new Uri("http://host") });
        return plugin.Functions.Single(function => function.Name == name);
    }

    /// <summary>The schema and all that are in it.</summary>
    static IEnumerable<JsonElement> Schemas(JsonElement schema)
    {
        yield return schema;
        if (schema.ValueKind != JsonValueKind.Object) yield break;
        var inner = schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().Select(property => property.Value) : [];
        if (schema.TryGetProperty("items", out var items)) inner = inner.Append(items);
        foreach (var one in inner.SelectMany(Schemas)) yield return one;
    }
}
