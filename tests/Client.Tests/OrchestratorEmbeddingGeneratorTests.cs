using System.Net;
using System.Runtime.InteropServices;
using Microsoft.Extensions.AI;

namespace Orchestrator.Client.Tests;

public sealed class OrchestratorEmbeddingGeneratorTests
{
    static readonly OrchestratorClientOptions Options = new() { Endpoint = new Uri("http://host:8080/"), ApiKey = "secret", RetryDelay = TimeSpan.Zero };

    static string Base64(params float[] vector) => Convert.ToBase64String(MemoryMarshal.AsBytes<float>(vector));

    static string Reply(params string[] vectors) => $$"""
        {"object":"list","model":"encoder","space":"encoder@0123","usage":{"prompt_tokens":7,"total_tokens":7},
         "data":[{{string.Join(',', vectors.Select((vector, i) => $$"""{"object":"embedding","index":{{i}},"embedding":"{{vector}}","expert":"e{{i}}"}"""))}}]}
        """;

    [Fact]
    public async Task GenerateAsync_TwoTexts_GivesVectorsExpertsSpaceAndUsage()
    {
        var service = FakeService.Of(Reply(Base64(1, 0), Base64(0, -1)));
        using var generator = new OrchestratorEmbeddingGenerator(Options, "auto", service.Client());

        var made = await generator.GenerateAsync(["a", "b"]);

        Assert.Equal([[1, 0], [0, -1]], made.Select(one => one.Vector.ToArray()));
        Assert.Equal(["e0", "e1"], made.Select(one => one.ModelId));
        Assert.Equal("encoder@0123", made.AdditionalProperties![OrchestratorEmbeddingGenerator.Space]);
        Assert.All(made, one => Assert.Equal("encoder@0123", one.AdditionalProperties![OrchestratorEmbeddingGenerator.Space]));
        Assert.Equal(7, made.Usage!.InputTokenCount);
        var asked = Assert.Single(service.Asked);
        Assert.Equal(("/v1/embeddings", "Bearer secret"), (asked.Path, asked.Authorization));
        Assert.Equal("""{"model":"auto","input":["a","b"],"encoding_format":"base64"}""", asked.Body);
    }

    [Fact]
    public async Task GenerateAsync_OptionsOfTheCall_GoToTheService()
    {
        var service = FakeService.Of(Reply(Base64(1)));
        using var generator = new OrchestratorEmbeddingGenerator(Options, "auto", service.Client());
        var options = new EmbeddingGenerationOptions
        {
            ModelId = "med-expert",
            Dimensions = 1,
            AdditionalProperties = new() { [OrchestratorEmbeddingGenerator.InputType] = "document" },
        };

        await generator.GenerateAsync(["a"], options);

        Assert.Equal(
            """{"model":"med-expert","input":["a"],"encoding_format":"base64","dimensions":1,"input_type":"document"}""", service.Asked[0].Body);
    }

    [Fact]
    public async Task GenerateAsync_NoTexts_AsksNobody()
    {
        var service = FakeService.Of("");
        using var generator = new OrchestratorEmbeddingGenerator(Options, "auto", service.Client());

        Assert.Empty(await generator.GenerateAsync([]));
        Assert.Empty(service.Asked);
    }

    [Fact]
    public async Task GenerateAsync_Refused_TellsTheServicesWords()
    {
        var service = FakeService.Of("""{"error":{"message":"There is no model 'x'.","type":"invalid_request_error","code":"model_not_found"}}""", HttpStatusCode.NotFound);
        using var generator = new OrchestratorEmbeddingGenerator(Options, "x", service.Client());

        var refused = await Assert.ThrowsAsync<OrchestratorException>(() => generator.GenerateAsync(["a"]));

        Assert.Equal(("There is no model 'x'.", 404, "model_not_found"), (refused.Message, refused.Status, refused.Code));
    }

    [Fact]
    public async Task GenerateAsync_Unreachable_SaysWhereAndWhatToDo()
    {
        var service = new FakeService((_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused."));
        using var generator = new OrchestratorEmbeddingGenerator(Options, "auto", service.Client());

        var unreachable = await Assert.ThrowsAsync<OrchestratorException>(() => generator.GenerateAsync(["a"]));

        Assert.Contains("no Orchestrator at http://host:8080/", unreachable.Message, StringComparison.Ordinal);
        Assert.Contains("orchestrator serve", unreachable.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("null")]
    public async Task GenerateAsync_ReplyOfSomethingElse_IsSaid(string reply)
    {
        using var generator = new OrchestratorEmbeddingGenerator(Options, "auto", FakeService.Of(reply).Client());

        var strange = await Assert.ThrowsAsync<OrchestratorException>(() => generator.GenerateAsync(["a"]));

        Assert.Contains("is not Orchestrator's", strange.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GetService_Metadata_NamesEndpointAndModel()
    {
        using var generator = new OrchestratorEmbeddingGenerator(Options, "auto", FakeService.Of("").Client());

        var metadata = (EmbeddingGeneratorMetadata)generator.GetService(typeof(EmbeddingGeneratorMetadata))!;

        Assert.Equal(("orchestrator", "auto"), (metadata.ProviderName, metadata.DefaultModelId));
        Assert.Same(generator, generator.GetService(typeof(OrchestratorEmbeddingGenerator)));
        Assert.Null(generator.GetService(typeof(string)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void Constructor_NoModel_IsRefused(string? model) =>
        Assert.Contains("The model is empty", Assert.Throws<ArgumentException>(() => new OrchestratorEmbeddingGenerator(Options, model!)).Message, StringComparison.Ordinal);
}
