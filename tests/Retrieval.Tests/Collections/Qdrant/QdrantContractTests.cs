using System.Text.Json.Nodes;

namespace Orchestrator.Retrieval.Tests.Collections.Qdrant;

/// <summary>The check itself: it must refuse what Qdrant would.</summary>
public sealed class QdrantContractTests
{
    static readonly QdrantContract Contract = new();

    [Theory]
    [InlineData("PUT", "/collections/x", """{"vectors":{"dense":{"size":3,"distance":"Cosine"}},"sparse_vectors":{"lexical":{"modifier":"idf"}},"metadata":{"a":1}}""")]
    [InlineData("PUT", "/collections/x/points?wait=true", """{"points":[{"id":"550e8400-e29b-41d4-a716-446655440000","vector":{"dense":[0.5],"lexical":{"indices":[4294967295],"values":[0.5]}},"payload":{}}]}""")]
    [InlineData("POST", "/collections/x/points/query", """{"query":{"indices":[1],"values":[1]},"using":"lexical","limit":10,"filter":{"must":[{"key":"a","range":{"gte":1}}]}}""")]
    [InlineData("GET", "/collections", null)]
    public void RequestProblem_Right_IsNone(string method, string path, string? body) =>
        Assert.Null(Contract.RequestProblem(method, path, body is null ? null : JsonNode.Parse(body)));

    [Theory]
    [InlineData("PUT", "/collections/x", """{"vectors":{"dense":{"size":0,"distance":"Cosine"}}}""", "below 1")]
    [InlineData("PUT", "/collections/x", """{"vectors":{"dense":{"size":3,"distance":"cosine"}}}""", "'cosine'")]
    [InlineData("PUT", "/collections/x", """{"vector":{}}""", "vector is not known")]
    [InlineData("PUT", "/collections/x/points?wait=true", """{"points":[{"id":"a","vector":[1]}]}""", "UUID")]
    [InlineData("PUT", "/collections/x/points?wait=true", """{"points":[{"id":1}]}""", "vector is missing")]
    [InlineData("PUT", "/collections/x/points?waiting=true", """{"points":[]}""", "'waiting'")]
    [InlineData("POST", "/collections/x/points/query", """{"query":{"indices":[1.5],"values":[1]}}""", "whole")]
    [InlineData("POST", "/collections/x/points/query", """{"query":{"indices":[4294967296],"values":[1]}}""", "uint32")]
    [InlineData("POST", "/collections/x/points/query", """{"limit":0}""", "below 1")]
    [InlineData("POST", "/collections/x/points/query", """{"filter":{"must":[{"key":"a","match":{"value":1.5}}]}}""", "whole")]
    [InlineData("POST", "/collections/x/points/query", """{"filter":{"must":[{"key":"a","match":{"any":["a","a"]}}]}}""", "twice")]
    [InlineData("POST", "/collections/x/points/count", """{"exact":"yes"}""", "boolean")]
    [InlineData("POST", "/collections/x/points/find", "{}", "there is no POST")]
    [InlineData("GET", "/collections", "{}", "no body")]
    public void RequestProblem_Wrong_SaysWhat(string method, string path, string body, string word) =>
        Assert.Contains(word, Contract.RequestProblem(method, path, JsonNode.Parse(body)), StringComparison.Ordinal);
}
