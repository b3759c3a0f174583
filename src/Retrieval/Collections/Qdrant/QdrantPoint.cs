using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Retrieval.Collections.Documents;

namespace Orchestrator.Retrieval.Collections.Qdrant;

/// <summary>A document as a point: two named vectors, and a payload with its id, text and metadata.</summary>
static class QdrantPoint
{
    public const string Dense = "dense", Lexical = "lexical";
    public const string Id = "id", Text = "text", Metadata = "metadata";

    public static JsonObject Write(Document document)
    {
        var vectors = new JsonObject { [Dense] = Vector(document.Vector!) };
        if (TermWeights.OfDocument(document.Text) is { } weights)
            vectors[Lexical] = weights;
        return new JsonObject
        {
            ["id"] = PointId.Of(document.Id).ToString(),
            ["vector"] = vectors,
            ["payload"] = new JsonObject
            {
                [Id] = document.Id,
                [Text] = document.Text,
                [Metadata] = JsonNode.Parse(Fields.Write(document.Metadata)),
            },
        };
    }

    public static JsonNode Vector(float[] vector) => JsonSerializer.SerializeToNode(vector)!;

    /// <param name="point">With its payload, and its vectors if they were asked for.</param>
    public static Document Read(JsonElement point)
    {
        JsonElement payload = point.GetProperty("payload");
        float[]? vector = point.TryGetProperty("vector", out JsonElement vectors) && vectors.ValueKind == JsonValueKind.Object
            ? [.. vectors.GetProperty(Dense).EnumerateArray().Select(value => value.GetSingle())]
            : null;
        return new Document(
            payload.GetProperty(Id).GetString()!, payload.GetProperty(Text).GetString()!, Fields.Read(payload.GetProperty(Metadata)), vector);
    }
}
