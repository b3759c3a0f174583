using System.Text.Json;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.StructuredOutput;

namespace Orchestrator.Host.Tests.StructuredOutput;

/// <summary>Small schemas that would be much work.</summary>
public sealed class SchemaBoundsTests
{
    static readonly string Thousand = $$"""{"enum":[{{Listed(1000, i => $"{1000 + i}")}}]}""";

    [Fact]
    public void Of_RecursionThroughInheritedWords_IsOneRule()
    {
        var grammar = Of("""{"type":"object","required":["k"],"anyOf":[{"properties":{"k":{"const":1}}},{"properties":{"k":{"const":2},"next":{"$ref":"#"}}}]}""");

        Assert.True(grammar.Length < 2000, grammar);
    }

    [Fact]
    public void Of_RecursionThroughItselfAlone_IsRefusedWithoutGrowing()
    {
        var name = new string('n', 10_000);

        AssertRefused("refers to itself", $$$"""{"$defs":{"{{{name}}}":{"type":"object","anyOf":[{"$ref":"#/$defs/{{{name}}}"}]}},"$ref":"#/$defs/{{{name}}}"}""");
    }

    [Fact]
    public void Of_RequiredBesideManyAlternatives_IsRefused() => AssertRefused(
        "more than 2000 properties together",
        $$"""{"required":[{{Listed(1000, i => $"\"q{i}\"")}}],"anyOf":[{{Listed(600, i => $"{{\"properties\":{{\"a\":{{\"const\":{i}}}}}}}")}}]}""");

    [Fact]
    public void Of_LongNamesBesideManyAlternatives_StopsWriting() => AssertRefused(
        "too much for a grammar",
        $$"""{"required":["a","{{new string('n', 10_000)}}"],"anyOf":[{{Listed(500, i => $"{{\"properties\":{{\"a\":{{\"const\":{i}}}}}}}")}}]}""");

    [Fact]
    public void Of_ManyReadingsOfManyValues_AreRefused() => AssertRefused(
        "ways to go on",
        $$$"""
        {"$defs":{"e":{{{Thousand}}}},"anyOf":[{{{Listed(4, i =>
            $"{{\"type\":\"object\",\"properties\":{{\"x\":{{\"type\":\"array\",\"items\":{{\"$ref\":\"#/$defs/e\"}}}},\"b{i}\":{{\"type\":\"null\"}}}},\"required\":[\"x\",\"b{i}\"]}}")}}}]}
        """);

    [Fact]
    public void Of_ManyBeginningsOfTheSameAlternatives_AreRefused() => AssertRefused(
        "begin in too many ways",
        $$$"""
        {"$defs":{"e":{{{Thousand}}},"either":{"anyOf":[{{{Listed(2, i => $"{{\"properties\":{{\"k{i}\":{{\"$ref\":\"#/$defs/e\"}}}}}}")}}}]}},
         "properties":{{{{Listed(100, i => $"\"p{i}\":{{\"anyOf\":[{{\"$ref\":\"#/$defs/either\"}},{{\"type\":\"null\"}}]}}")}}}}}
        """);

    [Theory]
    [InlineData("""{"enum":[1,2],"const":true}""")]
    [InlineData("""{"type":"boolean","anyOf":[{"type":"boolean"}],"const":true}""")]
    [InlineData("""{"$defs":{"b":{"type":"boolean"}},"$ref":"#/$defs/b","const":true}""")]
    public void Of_ConstantBesideAnotherWord_IsNoSchemaThatAllowsAll(string schema) => AssertRefused("'const' cannot stand beside", schema);

    static string Listed(int count, Func<int, string> item) => string.Join(',', Enumerable.Range(0, count).Select(item));

    static string Of(string schema) => SchemaGrammar.Of(JsonElement.Parse(schema), strict: false);

    static void AssertRefused(string problem, string schema)
    {
        var error = Assert.Throws<ApiException>(() => Of(schema)).Error;

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.True(error.Message.Length < 600, error.Message);
    }
}
