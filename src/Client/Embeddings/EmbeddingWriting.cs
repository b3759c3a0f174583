using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Orchestrator.Client.Wire;

namespace Orchestrator.Client.Embeddings;

/// <summary>Texts and options as a request that the service understands.</summary>
static class EmbeddingWriting
{
    /// <exception cref="ArgumentException">An additional property cannot be sent; the message names it.</exception>
    public static JsonObject Write(IEnumerable<string> texts, EmbeddingGenerationOptions? options, string model)
    {
        var request = new JsonObject
        {
            ["model"] = options?.ModelId ?? model,
            ["input"] = new JsonArray([.. texts.Select(text => (JsonNode?)text)]),
            ["encoding_format"] = "base64",
        };
        if (options?.Dimensions is { } dimensions) request["dimensions"] = dimensions;
        if (options is not null) WriteExtras(request, options);
        return request;
    }

    static void WriteExtras(JsonObject request, EmbeddingGenerationOptions options)
    {
        foreach (var (name, value) in options.AdditionalProperties ?? [])
        {
            if (value is null or JsonElement { ValueKind: JsonValueKind.Null }) continue;
            var what = $"AdditionalProperties[\"{name}\"]";
            if (Taken(name, options) is { } problem) throw new ArgumentException($"{what} {problem}.", name);
            if (PlainValue.TryRead(value, what, out var node)) request[name] = node;
            // Any other object is a note of middleware to itself; but documents must not be embedded as queries by mistake.
            else if (name == OrchestratorEmbeddingGenerator.InputType)
                throw new ArgumentException($"{what} is a {value.GetType().Name}; give 'query' or 'document'.", name);
        }
    }

    static string? Taken(string name, EmbeddingGenerationOptions options) => name switch
    {
        "model" or "input" or "encoding_format" => $"is the client's to write: give the model by {nameof(EmbeddingGenerationOptions)}.{nameof(options.ModelId)}",
        "dimensions" when options.Dimensions is not null =>
            $"says what {nameof(EmbeddingGenerationOptions)}.{nameof(options.Dimensions)} says already: set one of them",
        _ => null,
    };
}
