using System.Net;
using Orchestrator.Retrieval.Collections;
using Orchestrator.Retrieval.Collections.Documents;
using Orchestrator.Retrieval.Collections.Qdrant;

namespace Orchestrator.Retrieval.Tests.Collections.Qdrant;

public sealed class QdrantStoreTests : CollectionStoreTests
{
    readonly FakeQdrant _server = new();

    static QdrantOptions Options { get; } = new(new Uri("http://qdrant.example:6333/proxied")) { ApiKey = "secret", RepeatAfter = TimeSpan.Zero };

    protected override ICollectionStore Open() => new QdrantStore(Options, new Connection(_server), new FixedTime());

    [Fact]
    public async Task Requests_All_CarryTheKeyAndChangesWait()
    {
        IDocuments documents = await Store.CreateAsync(Spec());
        await documents.UpsertAsync(Space, [Doc("a", "wing", [1, 0, 0])]);
        await documents.DeleteAsync(["a"]);

        Assert.All(_server.Keys, key => Assert.Equal("secret", key));
        Assert.All(_server.Requests, request => Assert.Contains("/proxied/collections/papers", request, StringComparison.Ordinal));
        Assert.Contains("PUT /proxied/collections/papers/points?wait=true", _server.Requests);
        Assert.Contains("POST /proxied/collections/papers/points/delete?wait=true", _server.Requests);
    }

    [Fact]
    public async Task Read_ServerAwayForAMoment_IsAskedAgain()
    {
        await Store.CreateAsync(Spec());
        _server.Instead.Enqueue(() => throw new HttpRequestException("connection refused"));
        _server.Instead.Enqueue(() => FakeQdrant.Error(HttpStatusCode.ServiceUnavailable, "starting"));

        Assert.Equal("papers", (await Store.OpenAsync("papers")).Spec.Name);
    }

    [Fact]
    public async Task Read_ServerAway_IsUnavailableInTheEnd()
    {
        for (int i = 0; i < 5; i++)
            _server.Instead.Enqueue(() => throw new HttpRequestException("connection refused"));

        await FailsAsync(CollectionFailure.Unavailable, () => Store.OpenAsync("papers"), "cannot be reached");

        Assert.Equal(3, _server.Requests.Count);
    }

    [Fact]
    public async Task Write_ServerAway_IsNotRepeated()
    {
        IDocuments documents = await Store.CreateAsync(Spec());
        int before = _server.Requests.Count;
        _server.Instead.Enqueue(() => throw new HttpRequestException("connection reset"));

        await FailsAsync(CollectionFailure.Unavailable, () => documents.UpsertAsync(Space, [Doc("a", "wing", [1, 0, 0])]), "cannot be reached");

        Assert.Equal(before + 1, _server.Requests.Count);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "", CollectionFailure.Unavailable, "key")]
    [InlineData(HttpStatusCode.RequestEntityTooLarge, "", CollectionFailure.Invalid, "fewer")]
    [InlineData(HttpStatusCode.BadRequest, "{\"status\":{\"error\":\"Wrong input: x\"}}", CollectionFailure.Unavailable, "Wrong input: x")]
    [InlineData(HttpStatusCode.OK, "<html>hello</html>", CollectionFailure.Unavailable, "no Qdrant")]
    [InlineData(HttpStatusCode.OK, "[]", CollectionFailure.Unavailable, "no Qdrant")]
    public async Task Write_ServerRefuses_SaysWhy(HttpStatusCode status, string content, CollectionFailure failure, string word)
    {
        IDocuments documents = await Store.CreateAsync(Spec());
        _server.Instead.Enqueue(() => new HttpResponseMessage(status) { Content = new StringContent(content) });

        await FailsAsync(failure, () => documents.UpsertAsync(Space, [Doc("a", "wing", [1, 0, 0])]), word);
    }

    [Fact]
    public async Task Write_NotFinished_IsNotAcknowledged()
    {
        IDocuments documents = await Store.CreateAsync(Spec());
        _server.ChangeStatus = "wait_timeout";

        await FailsAsync(CollectionFailure.Unavailable, () => documents.UpsertAsync(Space, [Doc("a", "wing", [1, 0, 0])]), "wait_timeout");
    }

    [Fact]
    public async Task Send_SlowServer_EndsAtTheTimeLimit()
    {
        await using var store = new QdrantStore(Options with { Timeout = TimeSpan.FromMilliseconds(20) }, new Silent(), TimeProvider.System);

        await FailsAsync(CollectionFailure.Unavailable, () => store.OpenAsync("papers"), "0.02 s");
    }

    [Fact]
    public async Task Collections_OfOthers_AreLeftAlone()
    {
        await Store.CreateAsync(Spec("ours"));
        using var client = new QdrantClient(new Connection(_server), Options, TimeProvider.System);
        await client.WriteAsync(HttpMethod.Put, "collections/theirs", System.Text.Json.Nodes.JsonNode.Parse(
            """{"vectors":{"size":3,"distance":"Dot"},"sparse_vectors":{}}"""), default);

        Assert.Equal("ours", Assert.Single(await Store.ListAsync()).Name);
        await FailsAsync(CollectionFailure.NotFound, () => Store.OpenAsync("theirs"));
        await FailsAsync(CollectionFailure.Exists, () => Store.CreateAsync(Spec("theirs")));
        Assert.False(await Store.DeleteAsync("theirs"));
        Assert.Contains("theirs", _server.Collections.Keys);
    }

    [Fact]
    public async Task Create_ServerWithoutMetadata_SaysWhichVersionAndLeavesNothing()
    {
        var old = new FakeQdrant { ForgetsMetadata = true };
        await using var store = new QdrantStore(Options, old, new FixedTime());

        await FailsAsync(CollectionFailure.Unavailable, () => store.CreateAsync(Spec()), "1.16");

        Assert.Empty(old.Collections);
    }

    [Fact]
    public async Task Upsert_TextWithoutWords_IsFoundByItsVectorAlone()
    {
        IDocuments documents = await Store.CreateAsync(Spec());
        await documents.UpsertAsync(Space, [Doc("a", "?!", [1, 0, 0]), Doc("b", "", [0, 1, 0], ("n", new FieldValue.Number(1)))]);

        Assert.Equal(2, (await documents.DenseAsync(Space, [1, 0, 0], 5, null)).Count);
        Assert.Empty(await documents.LexicalAsync("a", 5, null));
    }

    /// <summary>The server outlives the store's client.</summary>
    sealed class Connection(FakeQdrant server) : HttpMessageHandler
    {
        readonly HttpMessageInvoker _server = new(server, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _server.SendAsync(request, cancellationToken);
    }

    sealed class Silent : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new NotSupportedException();
        }
    }
}
