using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Retrieval.Tests.Collections.Qdrant;

/// <summary>One collection of the fake: dense vectors by cosine, sparse ones by product with idf, filters on the payload.</summary>
sealed class FakeQdrantCollection(JsonObject definition)
{
    /// <summary>Scrolled in the order of their ids.</summary>
    readonly SortedDictionary<string, JsonObject> _points = new(StringComparer.Ordinal);
    int _operations;

    public JsonNode Info()
    {
        var config = new JsonObject
        {
            ["params"] = new JsonObject { ["vectors"] = definition["vectors"]!.DeepClone(), ["sparse_vectors"] = definition["sparse_vectors"]!.DeepClone() },
            ["hnsw_config"] = new JsonObject { ["m"] = 16, ["ef_construct"] = 100, ["full_scan_threshold"] = 10000 },
            ["optimizer_config"] = new JsonObject
            {
                ["deleted_threshold"] = 0.2,
                ["vacuum_min_vector_number"] = 1000,
                ["default_segment_number"] = 0,
                ["flush_interval_sec"] = 5,
            },
        };
        if (definition["metadata"] is { } metadata)
            config["metadata"] = metadata.DeepClone();
        return new JsonObject
        {
            ["status"] = "green",
            ["optimizer_status"] = "ok",
            ["segments_count"] = 1,
            ["points_count"] = _points.Count,
            ["config"] = config,
            ["payload_schema"] = new JsonObject(),
        };
    }

    public int Upsert(JsonArray points)
    {
        foreach (JsonNode? point in points)
            Check(point!["vector"]!.AsObject());
        foreach (JsonNode? point in points)
            _points[point!["id"]!.GetValue<string>()] = point.DeepClone().AsObject();
        return _operations++;
    }

    public int Delete(JsonNode selector)
    {
        string[] ids = selector["points"] is JsonArray chosen
            ? [.. chosen.Select(id => id!.GetValue<string>())]
            : [.. Matching(selector["filter"]).Select(IdOf)];
        foreach (string id in ids)
            _points.Remove(id);
        return _operations++;
    }

    public JsonNode Retrieve(JsonNode request) => new JsonArray(
        [.. _points.Values.Where(point => request["ids"]!.AsArray().Any(id => id!.GetValue<string>() == IdOf(point))).Select(point => Shown(point, request))]);

    public JsonNode Scroll(JsonNode request)
    {
        JsonObject[] from = [.. Matching(request["filter"]).Where(point => string.CompareOrdinal(IdOf(point), request["offset"]?.GetValue<string>() ?? "") >= 0)];
        int limit = request["limit"]!.GetValue<int>();
        return new JsonObject
        {
            ["points"] = new JsonArray([.. from.Take(limit).Select(point => Shown(point, request))]),
            ["next_page_offset"] = from.Length > limit ? IdOf(from[limit]) : null,
        };
    }

    public JsonNode Query(JsonNode request)
    {
        string name = request["using"]!.GetValue<string>();
        var scored = Matching(request["filter"])
            .Select(point => (Point: point, Score: Score(name, request["query"]!, point))).Where(hit => hit.Score is not null)
            .OrderByDescending(hit => hit.Score).Take(request["limit"]!.GetValue<int>());
        return new JsonObject
        {
            ["points"] = new JsonArray([.. scored.Select(hit =>
            {
                JsonObject shown = Shown(hit.Point, request);
                (shown["version"], shown["score"]) = (0, (float)hit.Score!.Value);
                return shown;
            })]),
        };
    }

    public IEnumerable<JsonObject> Matching(JsonNode? filter) => _points.Values.Where(point => filter is null || FakeQdrantFilter.Allows(filter, point));

    static string IdOf(JsonObject point) => point["id"]!.GetValue<string>();

    void Check(JsonObject vectors)
    {
        foreach ((string name, JsonNode? vector) in vectors)
        {
            if (definition["vectors"]![name] is { } dense)
            {
                int size = dense["size"]!.GetValue<int>();
                if (vector is not JsonArray values || values.Count != size)
                    throw new FormatException($"Wrong input: Vector dimension error: expected dim: {size}");
            }
            else if (definition["sparse_vectors"]![name] is null || vector is not JsonObject sparse
                || sparse["indices"]!.AsArray().Count != sparse["values"]!.AsArray().Count
                || sparse["indices"]!.AsArray().Select(index => index!.GetValue<uint>()).Distinct().Count() < sparse["indices"]!.AsArray().Count)
                throw new FormatException($"Wrong input: Not existing vector name or wrong sparse vector: {name}");
        }
    }

    static JsonObject Shown(JsonObject point, JsonNode request)
    {
        var shown = new JsonObject { ["id"] = point["id"]!.DeepClone() };
        if (request["with_payload"] is JsonArray fields)
            shown["payload"] = new JsonObject(fields.Select(field => KeyValuePair.Create(field!.GetValue<string>(), point["payload"]![field.GetValue<string>()]?.DeepClone())));
        else if (request["with_payload"]?.GetValue<bool>() == true)
            shown["payload"] = point["payload"]!.DeepClone();
        if (request["with_vector"] is JsonArray names)
            shown["vector"] = new JsonObject(names.Select(name => KeyValuePair.Create(name!.GetValue<string>(), point["vector"]![name.GetValue<string>()]?.DeepClone())));
        return shown;
    }

    double? Score(string name, JsonNode query, JsonObject point)
    {
        if (point["vector"]![name] is not { } vector)
            return null;
        if (query is JsonArray dense)
        {
            (double[] left, double[] right) = (Values(dense), Values(vector));
            double Norm(double[] of) => Math.Sqrt(of.Sum(value => value * value));
            return left.Zip(right, (a, b) => a * b).Sum() / (Norm(left) * Norm(right));
        }
        Dictionary<uint, double> weights = Sparse(vector);
        var shared = Sparse(query).Where(term => weights.ContainsKey(term.Key)).ToArray();
        return shared.Length == 0 ? null : shared.Sum(term => term.Value * weights[term.Key] * Idf(name, term.Key));
    }

    double Idf(string name, uint term)
    {
        int with = _points.Values.Count(point => point["vector"]![name] is { } vector && Sparse(vector).ContainsKey(term));
        return Math.Log(1 + ((_points.Count - with + 0.5) / (with + 0.5)));
    }

    static Dictionary<uint, double> Sparse(JsonNode vector) =>
        vector["indices"]!.AsArray().Zip(Values(vector["values"]!)).ToDictionary(pair => pair.First!.GetValue<uint>(), pair => pair.Second);

    static double[] Values(JsonNode values) => [.. values.AsArray().Select(value => JsonSerializer.Deserialize<double>(value))];
}
