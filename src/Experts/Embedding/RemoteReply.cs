using System.Numerics.Tensors;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Experts.Embedding;

sealed record RemoteRequest(string Model, string[] Input, [property: JsonPropertyName("encoding_format")] string EncodingFormat);

/// <summary>What an endpoint replied; all of it is distrusted.</summary>
sealed record RemoteReply(IReadOnlyList<RemoteVector?>? Data, RemoteUsage? Usage)
{
    /// <exception cref="ExpertException">It is not one vector of numbers for each text.</exception>
    public static EmbeddedTexts Read(string expert, byte[] body, int texts)
    {
        RemoteReply? reply;
        try
        {
            reply = JsonSerializer.Deserialize(body, RemoteJson.Default.RemoteReply);
        }
        catch (JsonException malformed)
        {
            throw Wrong(expert, $"is not an embedding reply: {malformed.Message}", malformed);
        }

        if (reply?.Data is not { } data || data.Count != texts)
            throw Wrong(expert, $"has {reply?.Data?.Count ?? 0} vectors for {texts} texts");
        var vectors = new float[]?[texts];
        foreach (var item in data)
        {
            if (item?.Embedding is not { Length: > 0 } vector || item.Index < 0 || item.Index >= texts || vectors[item.Index] is not null)
                throw Wrong(expert, "does not have one vector for each index");
            var length = TensorPrimitives.Norm<float>(vector);
            if (!float.IsFinite(length) || length <= 0)
                throw Wrong(expert, $"has a vector at index {item.Index} without a direction");
            TensorPrimitives.Divide(vector, length, vector);
            vectors[item.Index] = vector;
        }

        return new EmbeddedTexts(vectors!, Math.Max(0, reply.Usage?.PromptTokens ?? 0));
    }

    static ExpertException Wrong(string expert, string what, Exception? inner = null) =>
        new(ExpertFailure.Failed, expert, $"the reply of the endpoint of '{expert}' {what}", inner);
}

sealed record RemoteVector(int Index, float[]? Embedding);

sealed record RemoteUsage([property: JsonPropertyName("prompt_tokens")] int PromptTokens);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RemoteRequest))]
[JsonSerializable(typeof(RemoteReply))]
sealed partial class RemoteJson : JsonSerializerContext;
