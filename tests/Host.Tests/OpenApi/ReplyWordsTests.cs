using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.OpenApi.Schemas;

namespace Orchestrator.Host.Tests.OpenApi;

/// <summary>Each property of each reply is told, and nothing is told that there is not.</summary>
public sealed class ReplyWordsTests
{
    public static TheoryData<string> Types => [.. ReplyWords.All.Select(words => words.Type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Words_OfAType_AreOfItsProperties(string name)
    {
        var words = ReplyWords.All.Single(words => words.Type.Name == name);
        JsonTypeInfo type = WireJson.Wire.Options.GetTypeInfo(words.Type);

        Assert.Equal(
            ReplySchemas.PropertiesOf(type).Select(property => property.Name).Order(StringComparer.Ordinal),
            words.Properties.Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.All(words.Properties, property => Assert.NotEqual("", property.Text));
    }

    [Fact]
    public void Words_OfWhatIsReplied_AreThere()
    {
        var document = new OpenApiDocument { Components = new OpenApiComponents() };
        var schemas = new ReplySchemas(document);
        foreach (var words in ReplyWords.All) schemas.Of(words.Type);

        Assert.All(document.Components.Schemas!, schema => Assert.False(string.IsNullOrEmpty(schema.Value.Description), schema.Key));
    }
}
