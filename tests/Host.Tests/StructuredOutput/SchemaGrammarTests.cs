using System.Text.Json;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.StructuredOutput;

namespace Orchestrator.Host.Tests.StructuredOutput;

public sealed class SchemaGrammarTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "root ::= string")]
    [InlineData("""{"type":["string","null"]}""", "root ::= string | null")]
    [InlineData("""{"type":["integer","number"]}""", "root ::= number")]
    [InlineData("""{"type":["string","integer"],"pattern":"^-?[0-9]+$"}""", "root ::= integer")]
    [InlineData("""{"type":"string","minLength":2,"maxLength":3}""", "root ::= \"\\\"\" char{2,3} \"\\\"\"")]
    [InlineData("""{"type":"string","maxLength":5000}""", "root ::= string")]
    [InlineData("""{"type":"string","format":"date"}""", "root ::= \"\\\"\" date \"\\\"\"")]
    [InlineData("""{"type":"string","format":"email","pattern":"@"}""", "root ::= string")]
    [InlineData("""{"enum":["a\"\\","é",1.50,true,null]}""", """root ::= "\"a\\\"\\\\\"" | "\"é\"" | "1.50" | "true" | "null" """)]
    [InlineData("""{"type":["integer","null"],"enum":[1,1.5,"x",null]}""", """root ::= "1" | "null" """)]
    [InlineData("""{"type":"array","items":{"type":"null"}}""", """root ::= "[" ( null ( "," space null )* )? "]" """)]
    [InlineData("""{"items":{"type":"null"},"minItems":2}""", """root ::= "[" null ( "," space null ){1,} "]" """)]
    [InlineData("""{"items":{"type":"null"},"minItems":1,"maxItems":3}""", """root ::= "[" null ( "," space null ){0,2} "]" """)]
    [InlineData("""{"items":{"type":"null"},"maxItems":1}""", """root ::= "[" ( null )? "]" """)]
    [InlineData("""{"items":{"type":"null"},"maxItems":0}""", "root ::= \"[]\"")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer"}}""", """root ::= "{" ( string ":" space integer ( "," space string ":" space integer )* )? "}" """)]
    [InlineData("""{"type":"object","additionalProperties":false}""", "root ::= \"{}\"")]
    [InlineData("""{"properties":{"a":{"type":"null"},"b":{"type":"null"}},"required":["a"]}""", """root ::= "{" "\"a\":" space null ( "," space "\"b\":" space null )? "}" """)]
    [InlineData("""{"required":["a"],"additionalProperties":{"type":"null"}}""", """root ::= "{" "\"a\":" space null "}" """)]
    [InlineData("""{"properties":{"n\"\\é\n":{"type":"null"}},"required":["n\"\\é\n"]}""", """root ::= "{" "\"n\\\"\\\\é\\n\":" space null "}" """)]
    [InlineData("""{"properties":{"next":{"$ref":"#"}},"required":["next"]}""", """root ::= "{" "\"next\":" space r1 "}" """)]
    [InlineData("""{"items":{"$ref":"#","items":{},"description":"d"}}""", """root ::= "[" ( r1 ( "," space r1 )* )? "]" """)]
    [InlineData("""{"$ref":"#/$defs/x~1y%20z~0","$defs":{"x/y z~":{"type":"boolean"}}}""", "root ::= boolean")]
    [InlineData("""{"allOf":[{"type":"string"}],"description":"d","x-note":1}""", "root ::= string")]
    public void Of_Schema_IsItsFirstRule(string schema, string rule) => Assert.Equal(rule.TrimEnd(), Grammar(schema).Split('\n')[0]);

    [Fact]
    public void Of_PropertiesThatMayAllBeLeftOut_LetAnyBeTheFirst()
    {
        var rules = Grammar("""{"properties":{"a":{"type":"null"},"b":{"type":"null"}}}""").Split('\n');

        Assert.Equal("""root ::= "{" ( "\"a\":" space null r0-0-0 | "\"b\":" space null r0-0-1 )? "}" """.TrimEnd(), rules[0]);
        Assert.Contains("""r0-0-0 ::= ( "," space "\"b\":" space null )? r0-0-1""", rules);
        Assert.Contains("r0-0-1 ::= \"\"", rules);
    }

    [Theory]
    [InlineData("""{"not":{}}""", "#: the keyword 'not' cannot be enforced.")]
    [InlineData("""{"properties":{"a/b":{"patternProperties":{}}}}""", "#/properties/a~1b: the keyword 'patternProperties' cannot be enforced.")]
    [InlineData("""{"allOf":[{"type":"string"},{"minLength":2}]}""", "#: 'allOf' of more than one schema cannot be enforced.")]
    [InlineData("""{"type":"strin"}""", "#: 'type' must be one or several of")]
    [InlineData("""{"type":[]}""", "#: 'type' must be one or several of")]
    [InlineData("""{"type":3}""", "#: 'type' must be an array of strings.")]
    [InlineData("""{"type":"string","minLength":5,"maxLength":2}""", "#: 'minLength' is more than 'maxLength'.")]
    [InlineData("""{"type":"string","minLength":-1}""", "#: 'minLength' must be a whole number from 0 to 1000.")]
    [InlineData("""{"type":"string","format":"date","minLength":1}""", "#: a length cannot stand beside the format 'date', which has its own.")]
    [InlineData("""{"type":"array","minItems":3,"maxItems":2}""", "#: 'minItems' is more than 'maxItems'.")]
    [InlineData("""{"type":"array","maxItems":1001}""", "#: 'maxItems' must be a whole number from 0 to 1000.")]
    [InlineData("""{"items":[{"type":"string"}]}""", "#/items: a schema is an object, true or false.")]
    [InlineData("""{"properties":{"a":false},"required":["a"]}""", "#/properties/a: nothing is allowed here.")]
    [InlineData("""{"properties":[]}""", "#: 'properties' must be an object.")]
    [InlineData("""{"required":["a"],"additionalProperties":false}""", "#: 'required' names 'a', which is none of the properties.")]
    [InlineData("""{"enum":[]}""", "#: 'enum' names no value that is allowed here.")]
    [InlineData("""{"enum":[{}]}""", "#: 'enum' may name texts, numbers, true, false and null, but no objects and arrays.")]
    [InlineData("""{"type":"string","const":1}""", "#: 'const' names no value that is allowed here.")]
    [InlineData("""{"enum":["a"],"minLength":1}""", "#: 'minLength' cannot stand beside 'enum'.")]
    [InlineData("""{"anyOf":[]}""", "#: 'anyOf' must be an array of schemas, at least one.")]
    [InlineData("""{"anyOf":[{"type":"null"}],"oneOf":[{"type":"null"}]}""", "#: 'oneOf' cannot stand beside 'anyOf'.")]
    [InlineData("""{"type":"object","anyOf":[{"type":"string"}]}""", "#/anyOf/0: no 'type' is allowed here and beside the alternatives.")]
    [InlineData("""{"$ref":"#/a","a":{},"minItems":1}""", "#: 'minItems' cannot stand beside '$ref'.")]
    [InlineData("""{"$ref":"#/nope"}""", "#: '$ref' names #/nope, which the schema does not have.")]
    [InlineData("""{"$ref":"http://x/y"}""", "#: '$ref' is 'http://x/y', but only parts of the same schema can be named")]
    [InlineData("""{"$ref":1}""", "#: '$ref' must be a string.")]
    [InlineData("""{"$ref":"#"}""", "#: it refers to itself and describes nothing.")]
    [InlineData("""{"anyOf":[{"$ref":"#"},{"type":"string"}]}""", "#: it refers to itself and describes nothing.")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}""", "#/$defs/a: it refers to itself and describes nothing.")]
    [InlineData("""{"type":"object","anyOf":[{"$ref":"#"}]}""", "#/anyOf/0: it refers to itself and describes nothing.")]
    public void Of_SchemaThatCannotBeHeldTo_SaysWhereAndWhy(string schema, string problem) => AssertRefused(problem, schema);

    [Theory]
    [InlineData("""{"type":"integer","minimum":3}""", "'minimum'")]
    [InlineData("""{"properties":{"m":{"type":"string","format":"email"}}}""", "#/properties/m: the keyword 'format'")]
    [InlineData("""{"type":"string","pattern":"a"}""", "'pattern'")]
    [InlineData("""{"type":"string","maxLength":5000}""", "'maxLength'")]
    public void Of_HintOfAStrictRequest_IsRefused(string schema, string problem)
    {
        AssertRefused(problem, schema, strict: true);
        Assert.NotEmpty(Grammar(schema));
    }

    [Fact]
    public void Of_FormatOfAStrictRequestThatIsEnforced_IsTaken() =>
        Assert.Contains("date-time", SchemaGrammar.Of(JsonElement.Parse("""{"type":"string","format":"date-time"}"""), strict: true), StringComparison.Ordinal);

    /// <summary>The engine would follow twice as many readings with each bracket.</summary>
    [Theory]
    [InlineData("""{"anyOf":[{"type":"array","items":{"$ref":"#"}},{"items":{"$ref":"#"},"maxItems":3}]}""")]
    [InlineData("""{"anyOf":[{"properties":{"a":{"$ref":"#"}},"required":["a"]},{"properties":{"a":{"$ref":"#"},"b":{}}}]}""")]
    [InlineData("""{"anyOf":[{"type":"object"},{"type":"object","additionalProperties":{"$ref":"#"}}]}""")]
    public void Of_AlternativesThatBeginAlikeAndNest_AreRefused(string schema) => AssertRefused("alternatives that begin alike nest too often", schema);

    [Theory]
    [InlineData("""{"anyOf":[{"type":"array","items":{"$ref":"#"}},{"properties":{"a":{"$ref":"#"}}},{"type":"string"}]}""")]
    [InlineData("""{"anyOf":[{"properties":{"k":{"const":1},"n":{"$ref":"#"}},"required":["k"]},{"properties":{"k":{"enum":[2,3]},"n":{"$ref":"#"}},"required":["k"]}]}""")]
    [InlineData("""{"anyOf":[{"properties":{"name":{"type":"string"}},"required":["name"]},{"properties":{"name":{"type":"string"},"x":{}},"required":["name","x"]}]}""")]
    public void Of_AlternativesThatDifferOrNestOnce_AreTaken(string schema) => Assert.NotEmpty(Grammar(schema));

    [Fact]
    public void Of_LongChainsOfReferences_EndInARefusal()
    {
        var parts = Enumerable.Range(0, 500).Select(i => $$"""
            "a{{i}}":{"$ref":"#/$defs/a{{i + 1}}"}
            """);

        AssertRefused("refer to each other too often", Linked(parts, "\"a500\":{}"));
    }

    [Fact]
    public void Of_SharedAlternatives_EndInARefusal()
    {
        var parts = Enumerable.Range(0, 40).Select(i => $$"""
            "a{{i}}":{"anyOf":[{"$ref":"#/$defs/a{{i + 1}}"},{"$ref":"#/$defs/a{{i + 1}}"}]}
            """);

        AssertRefused("more than 10000 ways", Linked(parts, "\"a40\":{}"));
    }

    [Theory]
    [InlineData(700, "the schema is too much for a grammar. The grammar cannot be used: it has")]
    [InlineData(5000, "characters; 32768 are allowed.")]
    public void Of_VeryManyProperties_AreRefused(int count, string problem) =>
        AssertRefused(problem, "{\"properties\":{" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"property{i}\":{{}}")) + "}}");

    static string Linked(IEnumerable<string> parts, string last) =>
        "{\"$ref\":\"#/$defs/a0\",\"$defs\":{" + string.Join(',', parts.Append(last)) + "}}";

    static string Grammar(string schema) => SchemaGrammar.Of(JsonElement.Parse(schema), strict: false);

    static void AssertRefused(string problem, string schema, bool strict = false)
    {
        var error = Assert.Throws<ApiException>(() => SchemaGrammar.Of(JsonElement.Parse(schema), strict)).Error;

        Assert.Equal((400, "response_format", "invalid_value"), (error.Status, error.Param, error.Code));
        Assert.StartsWith("Invalid 'response_format': ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }
}
