using Orchestrator.Experts.Configuration;
using Orchestrator.Retrieval.Answers;
using Orchestrator.Retrieval.Collections;
using Orchestrator.Retrieval.Collections.Documents;
using Orchestrator.Retrieval.Collections.Embedded;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Gating;
using Orchestrator.Router.Routing;
using Orchestrator.TestKit;

namespace Orchestrator.Retrieval.Tests.Answers;

public sealed class ContextFinderTests : IAsyncLifetime
{
    const string Space = "encoder@0123456789ab";

    static readonly RoutePlan Plan = new()
    {
        Policy = "ask",
        Strategy = "nearest",
        Ranked = [new RankedExpert("abacus", 0.7, 9)],
        Panel = ["abacus"],
        Confidence = 0.7,
        SupportDistance = 0.4,
        Reasons = ["It is near."],
    };

    readonly TemporaryFolder _folder = new();
    EmbeddedStore _store = null!;

    public async Task InitializeAsync()
    {
        _store = new EmbeddedStore(_folder.Path, new VectorIndexOptions(), TimeProvider.System);
        var stock = await _store.CreateAsync(new CollectionSpec("stock", "encoder", Space, 2));
        await stock.UpsertAsync(Space,
        [
            new Document("muog", "muog costs 93 coins.", Fields.None, [1, 0]),
            new Document("xib", "xib is on shelf K2.", Fields.None, [0, 1]),
        ]);
        await _store.CreateAsync(new CollectionSpec("empty", "encoder", Space, 2));
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task FindAsync_PolicyWithoutCollection_FindsNothing() => Assert.Null(await FindAsync(null));

    [Fact]
    public async Task FindAsync_Never_LooksForNothing()
    {
        var found = await FindAsync(new PassagesConfig("nowhere") { When = RetrieveWhen.Never });

        Assert.Empty(found!.Passages);
        Assert.Null(found.Features);
    }

    [Fact]
    public async Task FindAsync_Always_FindsTheBestFirst()
    {
        var found = await FindAsync(new PassagesConfig("stock") { When = RetrieveWhen.Always, Passages = 2 });

        Assert.Equal(["muog", "xib"], found!.Passages.Select(passage => passage.Id));
        Assert.Equal([1, 0], found.Passages.Select(passage => passage.Similarity));
        Assert.Equal(new GateFeatures(1, 1, 1, 0.7, 0.4), found.Features);
        Assert.Contains("as the policy always wants", found.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.9, true)]
    [InlineData(1.1, false)]
    public async Task FindAsync_Gated_DecidesByTheGate(double similarity, bool retrieves)
    {
        // Half is likely exactly where the best cosine is the one given.
        var gate = new RetrievalGate([100, 0, 0, 0, 0], -100 * similarity, [0, 0, 0, 0, 0], [1, 1, 1, 1, 1], 0.5, new GateFacts("stock", 1, 0, 0, 0, 0));

        var found = await FindAsync(new PassagesConfig("stock"), gate);

        Assert.Equal(retrieves, found!.Passages.Count > 0);
        Assert.Equal(retrieves, found.Probability > 0.5);
        Assert.Contains("they make a wrong answer right", found.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindAsync_GatedWithoutGate_RetrievesAndSaysSo()
    {
        var found = await FindAsync(new PassagesConfig("stock"));

        Assert.NotEmpty(found!.Passages);
        Assert.Contains("no gate was fitted", found.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindAsync_GateOfAnotherCollection_CountsAsNone()
    {
        var gate = new RetrievalGate([0, 0, 0, 0, 0], -100, [0, 0, 0, 0, 0], [1, 1, 1, 1, 1], 0.5, new GateFacts("other", 1, 0, 0, 0, 0));

        Assert.NotEmpty((await FindAsync(new PassagesConfig("stock"), gate))!.Passages);
    }

    [Fact]
    public async Task FindAsync_EmptyCollection_SaysSo()
    {
        var found = await FindAsync(new PassagesConfig("empty"));

        Assert.Empty(found!.Passages);
        Assert.Contains("'empty' has no passages", found.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindAsync_NoSuchCollection_Refuses()
    {
        var refused = await Assert.ThrowsAsync<CollectionException>(() => FindAsync(new PassagesConfig("nowhere")));

        Assert.Contains("nowhere", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_Reader_AnswersAloneAndThePlanSaysWhy()
    {
        var found = await FindAsync(new PassagesConfig("stock") { When = RetrieveWhen.Always });

        var plan = found!.Apply(Plan, "reader");

        Assert.Equal(["reader"], plan.Panel);
        Assert.Null(plan.Confidence);
        Assert.Equal([found.Reason, "'reader' reads them.", "It is near."], plan.Reasons);
        Assert.Equal(["abacus"], found.Apply(Plan, reader: null).Panel);
        Assert.Equal(["abacus"], (found with { Passages = [] }).Apply(Plan, "reader").Panel);
    }

    Task<AnswerContext?> FindAsync(PassagesConfig? context, RetrievalGate? gate = null)
    {
        var gates = new Dictionary<string, RetrievalGate>(StringComparer.Ordinal);
        if (gate is not null) gates["ask"] = gate;
        var policy = new PolicyConfig("ask", "nearest", new Dictionary<string, string>(StringComparer.Ordinal), 1) { Context = context };
        return new ContextFinder(() => _store, new OneDirection(), gates).FindAsync(policy, Plan, "muog costs?");
    }

    sealed class OneDirection : ICollectionEncoder
    {
        public string? Base => "encoder";

        public Task<EncodedTexts> EncodeDocumentsAsync(string model, IReadOnlyList<string> texts, CancellationToken cancellationToken = default) =>
            Task.FromResult(new EncodedTexts(Space, [.. texts.Select(_ => new float[] { 1, 0 })], texts.Count));

        public Task<EncodedQuery> EncodeQueryAsync(string space, string model, string text, CancellationToken cancellationToken = default) =>
            Task.FromResult(new EncodedQuery("expert", Space, [1, 0], [], 2));
    }
}
