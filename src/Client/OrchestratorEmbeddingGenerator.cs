using System.Buffers.Binary;
using Microsoft.Extensions.AI;
using Orchestrator.Client.Embeddings;
using Orchestrator.Client.Wire;

namespace Orchestrator.Client;

/// <summary>
/// Orchestrator's embedding experts for everything that takes an <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/>. With
/// the model <c>auto</c> each query is embedded by the expert that routing chooses; all vectors of a call are of one space,
/// which is told in <c>AdditionalProperties["space"]</c> of the result and of each vector, and each vector's <c>ModelId</c> is its
/// expert. Additional properties are sent as those of chats are (<see cref="OrchestratorOptions"/>).
/// </summary>
/// <param name="model">Id of an expert, or <c>auto</c>.</param>
/// <param name="http">Used and left open when given.</param>
/// <exception cref="ArgumentException">The model is empty, or an option is wrong; the message names it and what is allowed.</exception>
public sealed class OrchestratorEmbeddingGenerator(OrchestratorClientOptions options, string model = "auto", HttpClient? http = null)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>In <see cref="EmbeddingGenerationOptions.AdditionalProperties"/>: <c>query</c> or <c>document</c>.</summary>
    public const string InputType = "input_type";

    /// <summary>
    /// In the properties of a result and of its vectors, which caches keep: the space that they are of. Vectors of different ones cannot
    /// be compared.
    /// </summary>
    public const string Space = "space";

    // Before there is a connection to close.
    readonly string _model = string.IsNullOrWhiteSpace(model)
        ? throw new ArgumentException("The model is empty; give the id of an expert, or 'auto'.", nameof(model))
        : model;

    readonly ServiceConnection _service = new(options, http);

    /// <exception cref="OrchestratorException">The service refused, is not there, or took too long.</exception>
    /// <exception cref="ArgumentException">An additional property cannot be sent; the message names it.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] input = [.. values];
        if (input.Length == 0) return [];
        var request = EmbeddingWriting.Write(input, options, _model);
        var reply = await _service.SendAsync(
            HttpMethod.Post, "/v1/embeddings", request, ClientJson.Wire.JsonObject, ClientJson.Wire.EmbeddingReply, cancellationToken).ConfigureAwait(false);
        EmbeddingItem[] items = [.. reply.Data.OrderBy(item => item.Index)];
        if (items.Length != input.Length)
            throw _service.Strange($"it has vectors of {items.Length} of {input.Length} texts.");
        if (items.Index().Any(item => item.Item.Index != item.Index))
            throw _service.Strange("its vectors do not have each index once.");
        return new GeneratedEmbeddings<Embedding<float>>(items.Select(item => Vector(item, reply)))
        {
            Usage = reply.Usage is { } usage ? new UsageDetails { InputTokenCount = usage.PromptTokens, TotalTokenCount = usage.TotalTokens } : null,
            AdditionalProperties = Properties(reply),
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("orchestrator", _service.Endpoint, _model)
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    public void Dispose() => _service.Dispose();

    Embedding<float> Vector(EmbeddingItem item, EmbeddingReply reply)
    {
        var bytes = new byte[item.Embedding.Length];
        if (!Convert.TryFromBase64String(item.Embedding, bytes, out var length) || length == 0 || length % sizeof(float) != 0)
            throw _service.Strange($"its vector {item.Index} is no floats in base64.");
        var vector = new float[length / sizeof(float)];
        for (int i = 0; i < vector.Length; i++)
            vector[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        return new Embedding<float>(vector) { ModelId = item.Expert ?? reply.Model, AdditionalProperties = Properties(reply) };
    }

    static AdditionalPropertiesDictionary? Properties(EmbeddingReply reply) => reply.Space is { } space ? new() { [Space] = space } : null;
}
