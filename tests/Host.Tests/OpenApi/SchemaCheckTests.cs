using System.Text.Json;

namespace Orchestrator.Host.Tests.OpenApi;

/// <summary>The check of replies finds what is wrong, or it would prove nothing.</summary>
public sealed class SchemaCheckTests
{
    static readonly JsonElement Document = JsonDocument.Parse(
        """
        {"thing": {"type": "object", "required": ["a"], "properties": {
            "a": {"type": "integer"},
            "b": {"type": "string", "nullable": true, "enum": ["x", "y"]},
            "c": {"type": "array", "items": {"$ref": "#/thing"}},
            "d": {"anyOf": [{"type": "string"}, {"type": "boolean"}]}}}}
        """).RootElement;

    static IEnumerable<string> Problems(string json) =>
        new SchemaCheck(Document).Problems(Document.GetProperty("thing"), JsonDocument.Parse(json).RootElement);

    [Theory]
    [InlineData("""{"a": 1}""")]
    [InlineData("""{"a": 1, "b": null}""")]
    [InlineData("""{"a": 1, "b": "x", "c": [{"a": 2}], "d": true}""")]
    public void Problems_Fitting_AreNone(string json) => Assert.Empty(Problems(json));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"a": 1.5}""")]
    [InlineData("""{"a": null}""")]
    [InlineData("""{"a": 1, "b": "z"}""")]
    [InlineData("""{"a": 1, "c": [{}]}""")]
    [InlineData("""{"a": 1, "d": 1}""")]
    [InlineData("""{"a": 1, "e": 1}""")]
    [InlineData("[]")]
    public void Problems_NotFitting_AreTold(string json) => Assert.NotEmpty(Problems(json));
}
