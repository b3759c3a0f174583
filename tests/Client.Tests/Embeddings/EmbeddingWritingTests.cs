using System.Text.Json;
using Microsoft.Extensions.AI;
using Orchestrator.Client.Embeddings;

namespace Orchestrator.Client.Tests.Embeddings;

public sealed class EmbeddingWritingTests
{
    public static TheoryData<string, object, string> Sent => new()
    {
        { "input_type", "document", "\"input_type\":\"document\"" },
        { "input_type", JsonElement.Parse("\"document\""), "\"input_type\":\"document\"" },
        // The service refuses these two, by name.
        { "input_type", 5, "\"input_type\":5" },
        { "inputType", "document", "\"inputType\":\"document\"" },
        { "service_tier", "flex", "\"service_tier\":\"flex\"" },
        { "dimensions", 8, "\"dimensions\":8" },
    };

    [Theory]
    [MemberData(nameof(Sent))]
    public void Write_PropertyWithJsonForm_IsAField(string name, object value, string field) =>
        Assert.Equal($$"""{"model":"auto","input":["a"],"encoding_format":"base64",{{field}}}""", Written(new() { AdditionalProperties = new() { [name] = value } }));

    public static TheoryData<string, object, string> Impossible => new()
    {
        { "input_type", new object(), "AdditionalProperties[\"input_type\"] is a Object; give 'query' or 'document'" },
        { "x", double.NaN, "AdditionalProperties[\"x\"] is NaN" },
        { "model", "m", "AdditionalProperties[\"model\"] is the client's to write: give the model by EmbeddingGenerationOptions.ModelId" },
        { "dimensions", 8, "AdditionalProperties[\"dimensions\"] says what EmbeddingGenerationOptions.Dimensions says already" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Write_PropertyThatCannotBe_IsRefusedByName(string name, object value, string words)
    {
        var options = new EmbeddingGenerationOptions { Dimensions = 4, AdditionalProperties = new() { [name] = value } };

        Assert.Contains(words, Assert.Throws<ArgumentException>(() => Written(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NotGivenOrOfMiddleware_StaysHere() =>
        Assert.Equal(
            """{"model":"auto","input":["a"],"encoding_format":"base64"}""",
            Written(new() { AdditionalProperties = new() { ["input_type"] = null, ["user"] = JsonElement.Parse("null"), ["note"] = new object() } }));

    static string Written(EmbeddingGenerationOptions options) => EmbeddingWriting.Write(["a"], options, "auto").ToJsonString();
}
