using System.Net;
using System.Text;
using System.Text.Json;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Embedding;

namespace Orchestrator.Experts.Tests.Embedding;

public sealed class RemoteEmbeddingsTests
{
    const string Variable = "ORCHESTRATOR_TEST_EMBEDDING_KEY";

    static readonly RemoteConfig There = new() { Url = "http://there/v1/", Model = "small", Batch = 2 };

    [Fact]
    public async Task EmbedAsync_MoreThanABatch_AsksInBatchesAndKeepsTheOrder()
    {
        var seen = new List<string>();
        var expert = Expert(There, request =>
        {
            seen.Add(request);
            return Json(Reply([.. Inputs(request).Select(text => new float[] { text.Length, 0, 3 })], reversed: true));
        });

        var embedded = await expert.EmbedAsync(Call("a", "bb", "cccc"));

        Assert.Equal(2, seen.Count);
        Assert.Equal("""{"model":"small","input":["doc: a","doc: bb"],"encoding_format":"float"}""", seen[0]);
        Assert.Equal([6 / 3f, 7 / 3f, 9 / 3f], embedded.Vectors.Select(vector => vector[0] / vector[2]), new Near());
        Assert.All(embedded.Vectors, vector => Assert.Equal(1, MathF.Sqrt(vector.Sum(x => x * x)), 4));
        Assert.Equal(10, embedded.Tokens);
    }

    [Fact]
    public async Task EmbedAsync_QueriesHaveTheirOwnPrefix()
    {
        string? seen = null;
        var expert = Expert(There, request => Json(Reply([.. Inputs(seen = request).Select(_ => new float[] { 1 })])));

        await expert.EmbedAsync(Call("a") with { Side = EmbeddedSide.Query });

        Assert.Contains("\"query: a\"", seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, ExpertFailure.InvalidRequest, "refused with status 400: too long")]
    [InlineData(401, ExpertFailure.LoadFailed, "refused with status 401: too long")]
    [InlineData(429, ExpertFailure.QueueFull, "status 429")]
    [InlineData(503, ExpertFailure.LoadFailed, "status 503")]
    public async Task EmbedAsync_Refusal_SaysWhoAndWhy(int status, ExpertFailure failure, string said)
    {
        var expert = Expert(There, _ => Json("""{"error":{"message":"too long"}}""", status));

        var error = await Assert.ThrowsAsync<ExpertException>(() => expert.EmbedAsync(Call("a")));

        Assert.Equal((failure, "far"), (error.Failure, error.Expert));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no json", "is not an embedding reply")]
    [InlineData("null", "has 0 vectors for 1 texts")]
    [InlineData("""{"data":[]}""", "has 0 vectors for 1 texts")]
    [InlineData("""{"data":[null]}""", "one vector for each index")]
    [InlineData("""{"data":[{"index":1,"embedding":[1]}]}""", "one vector for each index")]
    [InlineData("""{"data":[{"index":0,"embedding":[]}]}""", "one vector for each index")]
    [InlineData("""{"data":[{"index":0,"embedding":[0,0]}]}""", "without a direction")]
    [InlineData("""{"data":[{"index":0,"embedding":[1e300,0]}]}""", "without a direction")]
    public async Task EmbedAsync_ReplyThatIsNone_IsRefused(string body, string said)
    {
        var error = await Assert.ThrowsAsync<ExpertException>(() => Expert(There, _ => Json(body)).EmbedAsync(Call("a")));

        Assert.Equal(ExpertFailure.Failed, error.Failure);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmbedAsync_OtherDimensionsThanBefore_IsRefused()
    {
        var width = 2;
        var expert = Expert(There, _ => Json(Reply([[.. Enumerable.Repeat(1f, width)]])));
        await expert.EmbedAsync(Call("a"));
        Assert.Equal(2, expert.Dimensions);
        width = 3;

        var error = await Assert.ThrowsAsync<ExpertException>(() => expert.EmbedAsync(Call("a")));

        Assert.Contains("a vector of 3 numbers, but its others have 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmbedAsync_NobodyThere_LetsAnotherStandIn()
    {
        var expert = Expert(There, _ => throw new HttpRequestException("connection refused"));

        var error = await Assert.ThrowsAsync<ExpertException>(() => expert.EmbedAsync(Call("a")));

        Assert.True(error.Failure.AnotherMayHelp());
        Assert.Contains("cannot be used: connection refused", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmbedAsync_NoReply_EndsWithItsTime()
    {
        using var remote = new RemoteEmbeddings(new Endpoint(_ => null));
        var config = There with { Timeout = TimeSpan.FromMilliseconds(1) };

        var error = await Assert.ThrowsAsync<ExpertException>(() => remote.EmbedAsync("far", config, ["a"], default));

        Assert.Equal(ExpertFailure.LoadFailed, error.Failure);
        Assert.Contains("did not reply within", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => remote.EmbedAsync("far", There, ["a"], new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task EmbedAsync_Key_IsSentOrMissed()
    {
        string? key = null;
        using var remote = new RemoteEmbeddings(new Endpoint(request =>
        {
            key = request.Headers.Authorization?.ToString();
            return Json(Reply([[1]]));
        }));
        var config = There with { ApiKeyEnv = Variable };

        var error = await Assert.ThrowsAsync<ExpertException>(() => remote.EmbedAsync("far", config, ["a"], default));
        Assert.Contains(Variable, error.Message, StringComparison.Ordinal);
        Environment.SetEnvironmentVariable(Variable, "made-up");
        await remote.EmbedAsync("far", config, ["a"], default);

        Assert.Equal("Bearer made-up", key);
    }

    static EmbeddingCall Call(params string[] texts) => new(texts, EmbeddedSide.Document);

    static RemoteEmbeddingExpert Expert(RemoteConfig config, Func<string, HttpResponseMessage> reply) => new(
        new ExpertConfig { Id = "far", Purpose = ExpertPurpose.Embed, Remote = config, QueryPrefix = "query: ", DocumentPrefix = "doc: " },
        "far@1",
        new RemoteEmbeddings(new Endpoint(request => reply(request.Content!.ReadAsStringAsync().GetAwaiter().GetResult()))));

    static string[] Inputs(string request) =>
        [.. JsonDocument.Parse(request).RootElement.GetProperty("input").EnumerateArray().Select(text => text.GetString()!)];

    static string Reply(float[][] vectors, bool reversed = false)
    {
        var data = vectors.Select((vector, index) => new { index, embedding = vector });
        return JsonSerializer.Serialize(new { data = reversed ? data.Reverse() : data, usage = new { prompt_tokens = 5 } });
    }

    static HttpResponseMessage Json(string body, int status = 200) =>
        new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    /// <summary>Null never replies.</summary>
    sealed class Endpoint(Func<HttpRequestMessage, HttpResponseMessage?> reply) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (reply(request) is { } message)
                return message;
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("never");
        }
    }

    sealed class Near : IEqualityComparer<float>
    {
        public bool Equals(float x, float y) => MathF.Abs(x - y) < 1e-3;

        public int GetHashCode(float obj) => 0;
    }
}
