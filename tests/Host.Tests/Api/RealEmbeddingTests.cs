using System.ClientModel;
using System.Numerics.Tensors;
using OpenAI;
using OpenAI.Embeddings;
using Orchestrator.Host.Tests.Retrieval;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Api;

/// <summary>
/// The service over a real encoder, which its child process tries, asked by OpenAI's own client; and a second service that
/// knows the first as a remote expert.
/// </summary>
public sealed class RealEmbeddingTests : IAsyncLifetime
{
    readonly TemporaryFolder _folder = new();
    ZooService _service = null!;

    public async Task InitializeAsync()
    {
        TinyBert.Random().Save(_folder.Path, "encoder.gguf");
        TinyBert.Adapter(1).Save(_folder.Path, "medicine.gguf");
        TinyBert.Random(pooling: 4).Save(_folder.Path, "ranker.gguf");
        _service = await StartAsync(
            "here.yaml",
            """
            - { id: encoder, file: encoder.gguf, purpose: embed }
            - { id: medicine, file: encoder.gguf, adapter: medicine.gguf, purpose: embed, queries_for: encoder }
            - { id: ranker, file: ranker.gguf, purpose: embed }
            """);
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task GenerateEmbeddings_OpenAisClient_GetsUnitVectors()
    {
        var embeddings = (await Client("encoder").GenerateEmbeddingsAsync(["fever", "bond"])).Value;

        Assert.Equal(2, embeddings.Count);
        Assert.Equal(TinyBert.Width, embeddings[0].ToFloats().Length);
        Assert.Equal(1, TensorPrimitives.Norm(embeddings[0].ToFloats().Span), 4);
        Assert.Equal(13, embeddings.Usage.TotalTokenCount);
        var failure = await Assert.ThrowsAsync<ClientResultException>(() => Client("nobody").GenerateEmbeddingAsync("fever"));
        Assert.Equal(404, failure.Status);
    }

    [Fact]
    public async Task GenerateEmbeddings_Adapter_IsOfTheSameSpaceAndElsewhere()
    {
        var plain = (await Client("encoder").GenerateEmbeddingAsync("fever")).Value.ToFloats();
        var adapted = (await Client("medicine").GenerateEmbeddingAsync("fever")).Value.ToFloats();

        Assert.True(TensorPrimitives.Distance(plain.Span, adapted.Span) > 0.01);
        Assert.Equal(_service.Service.Embedder.Find("encoder").Space, _service.Service.Embedder.Find("medicine").Space);
    }

    [Fact]
    public async Task GenerateEmbeddings_Ranker_IsRefusedByItsTrial()
    {
        var failure = await Assert.ThrowsAsync<ClientResultException>(() => Client("ranker").GenerateEmbeddingAsync("fever"));

        Assert.Equal(503, failure.Status);
        Assert.Contains("gives scores instead of embeddings", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostEmbeddings_RemoteExpert_IsTheSameVectorInASpaceOfItsOwn()
    {
        var there = await StartAsync(
            "there.yaml", $"- {{ id: far, purpose: embed, remote: {{ url: '{_service.Address}v1', model: encoder }} }}");
        try
        {
            using var far = await there.Http.PostAsync("/v1/embeddings", ChatCalls.Json("""{"model":"far","input":"fever"}"""));
            using var near = await _service.Http.PostAsync("/v1/embeddings", ChatCalls.Json("""{"model":"encoder","input":"fever"}"""));
            using var wrong = await there.Http.PostAsync("/v1/embeddings", ChatCalls.Json($$"""{"model":"far","input":"{{new string('x', 99)}}"}"""));

            var (one, other) = (await far.ReadJsonAsync(), await near.ReadJsonAsync());
            Assert.Equal(other.GetProperty("data")[0].GetProperty("embedding").ToString(), one.GetProperty("data")[0].GetProperty("embedding").ToString());
            Assert.Equal(7, one.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
            Assert.StartsWith("far@", one.GetProperty("space").GetString(), StringComparison.Ordinal);
            var error = await wrong.ReadErrorAsync(System.Net.HttpStatusCode.BadRequest);
            Assert.Contains("at most 64 tokens", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        }
        finally
        {
            await there.DisposeAsync();
        }
    }

    async Task<ZooService> StartAsync(string name, string experts)
    {
        File.WriteAllText(
            _folder.File(name),
            $"jobs: {{ folder: {_folder.File(name + ".jobs")} }}\nmemory: {{ budget: 64MiB }}\nengine: {{ threads: 1 }}\nexperts:\n{experts}\n");
        var service = new ZooService(_folder.File(name));
        await service.InitializeAsync();
        return service;
    }

    EmbeddingClient Client(string model) => new(
        model, new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = new Uri(_service.Address, "/v1") });
}
