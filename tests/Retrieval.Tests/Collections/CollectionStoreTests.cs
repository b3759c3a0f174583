using Orchestrator.Retrieval.Collections;
using Orchestrator.Retrieval.Collections.Documents;
using Orchestrator.Retrieval.Collections.Filters;
using Orchestrator.Retrieval.Collections.Searching;

namespace Orchestrator.Retrieval.Tests.Collections;

/// <summary>What every store of collections must do; each store runs all of it.</summary>
public abstract class CollectionStoreTests : IAsyncLifetime
{
    protected const string Space = "encoder@0123456789ab";

    ICollectionStore _store = null!;

    protected ICollectionStore Store => _store;

    protected abstract ICollectionStore Open();

    public Task InitializeAsync()
    {
        _store = Open();
        return Task.CompletedTask;
    }

    public virtual async Task DisposeAsync() => await _store.DisposeAsync();

    protected async Task ReopenAsync()
    {
        await _store.DisposeAsync();
        _store = Open();
    }

    protected static CollectionSpec Spec(string name = "papers", int dimensions = 3) => new(name, "encoder", Space, dimensions)
    {
        Metadata = Metadata(("owner", new FieldValue.Text("wind tunnel"))),
    };

    protected static IReadOnlyDictionary<string, FieldValue> Metadata(params (string Name, FieldValue Value)[] fields) =>
        fields.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);

    protected static Document Doc(string id, string text, float[] vector, params (string Name, FieldValue Value)[] metadata) =>
        new(id, text, Metadata(metadata), vector);

    /// <summary>Three directions; one document lies between two.</summary>
    static readonly Document[] Papers =
    [
        Doc("a", "boundary layer on a flat plate", [1, 0, 0], ("year", new FieldValue.Number(1958)), ("tags", new FieldValue.Texts(["flow", "plate"]))),
        Doc("b", "supersonic flow past a wing", [0, 1, 0], ("year", new FieldValue.Number(1962)), ("kind", new FieldValue.Text("report"))),
        Doc("c", "heat transfer in a laminar boundary layer", [1, 1, 0], ("year", new FieldValue.Number(1960.5)), ("open", new FieldValue.Flag(true))),
        Doc("d/ü ?", "wing flutter", [0, 0, 2], ("kind", new FieldValue.Text("thesis")), ("tags", new FieldValue.Texts(["flow"]))),
    ];

    async Task<IDocuments> FilledAsync()
    {
        IDocuments documents = await Store.CreateAsync(Spec());
        await documents.UpsertAsync(Space, Papers);
        return documents;
    }

    [Fact]
    public async Task Create_New_IsListedAndOpened()
    {
        Assert.Empty(await Store.ListAsync());
        await Store.CreateAsync(Spec("papers"));
        await Store.CreateAsync(Spec("Notes-2_x", 5));

        CollectionEntry[] entries = [.. await Store.ListAsync()];
        CollectionFacts facts = await (await Store.OpenAsync("papers")).FactsAsync();

        Assert.Equal(["Notes-2_x", "papers"], entries.Select(entry => entry.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["encoder", "encoder"], entries.Select(entry => entry.Facts?.Spec.Model));
        Assert.Equal((Space, 3, 0L, 1_700_000_000L), (facts.Spec.Space, facts.Spec.Dimensions, facts.Documents, facts.Created));
        Assert.Equal(new FieldValue.Text("wind tunnel"), facts.Spec.Metadata["owner"]);
    }

    [Fact]
    public async Task Create_TakenName_IsRefusedAndChangesNothing()
    {
        await FilledAsync();

        await FailsAsync(CollectionFailure.Exists, () => Store.CreateAsync(Spec(dimensions: 8)), "papers");

        Assert.Equal(4, await (await Store.OpenAsync("papers")).CountAsync(null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../papers")]
    [InlineData("a.b")]
    [InlineData("pàpers")]
    public async Task Create_NameThatIsNone_IsRefused(string name)
    {
        await FailsAsync(CollectionFailure.Invalid, () => Store.CreateAsync(Spec(name)), "letters");
        await FailsAsync(CollectionFailure.Invalid, () => Store.OpenAsync(name), "letters");
    }

    [Fact]
    public async Task Open_Unknown_IsNotFound()
    {
        await FailsAsync(CollectionFailure.NotFound, () => Store.OpenAsync("papers"), "papers");
        Assert.False(await Store.DeleteAsync("papers"));
        Assert.Empty(await Store.ListAsync());
    }

    [Fact]
    public async Task Delete_Collection_TakesItsDocumentsWithIt()
    {
        await FilledAsync();

        Assert.True(await Store.DeleteAsync("papers"));
        await FailsAsync(CollectionFailure.NotFound, () => Store.OpenAsync("papers"), "papers");
        IDocuments again = await Store.CreateAsync(Spec());

        Assert.Equal(0, await again.CountAsync(null));
        Assert.Empty(await again.LexicalAsync("wing", 5, null));
    }

    [Fact]
    public async Task Upsert_Documents_ComeBackAsTheyWere()
    {
        IDocuments documents = await FilledAsync();

        var found = await documents.GetAsync(["d/ü ?", "missing", "a"], withVectors: true);

        Assert.Equal(["d/ü ?", "a"], found.Select(document => document.Id));
        Assert.Equal("wing flutter", found[0].Text);
        Assert.Equal([0f, 0, 1], found[0].Vector!);
        Assert.Equal(Papers[0].Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal), found[1].Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Assert.Null((await documents.GetAsync(["a"]))[0].Vector);
    }

    [Fact]
    public async Task Upsert_SameId_ReplacesTheWholeDocument()
    {
        IDocuments documents = await FilledAsync();
        await documents.DenseAsync(Space, [1, 0, 0], 1, null);

        await documents.UpsertAsync(Space, [Doc("a", "propeller noise", [0, 0, 1])]);

        Assert.Equal(4, await documents.CountAsync(null));
        Assert.Empty((await documents.GetAsync(["a"]))[0].Metadata);
        Assert.Equal(["c"], (await documents.LexicalAsync("boundary", 5, null)).Select(found => found.Id));
        Assert.Equal("a", (await documents.LexicalAsync("propeller", 5, null)).Single().Id);
        Assert.Equal("c", (await documents.DenseAsync(Space, [1, 0, 0], 1, null)).Single().Id);
    }

    [Fact]
    public async Task Upsert_OtherSpace_NamesBothAndStoresNothing()
    {
        IDocuments documents = await Store.CreateAsync(Spec());

        await FailsAsync(
            CollectionFailure.OtherSpace, () => documents.UpsertAsync("other@ffffffffffff", Papers), Space, "other@ffffffffffff");

        Assert.Equal(0, await documents.CountAsync(null));
    }

    [Theory]
    [InlineData(new float[] { 1, 0 }, "2 dimensions")]
    [InlineData(new float[] { 0, 0, 0 }, "zero")]
    [InlineData(new float[] { 1, float.NaN, 0 }, "finite")]
    [InlineData(new float[] { float.PositiveInfinity, 0, 0 }, "finite")]
    public async Task Upsert_VectorThatDoesNotFit_StoresNothing(float[] vector, string why)
    {
        IDocuments documents = await Store.CreateAsync(Spec());

        await FailsAsync(CollectionFailure.Invalid, () => documents.UpsertAsync(Space, [Papers[0], Doc("x", "x", vector)]), why, "'x'");
        await FailsAsync(CollectionFailure.Invalid, () => documents.DenseAsync(Space, vector, 1, null), why);

        Assert.Equal(0, await documents.CountAsync(null));
    }

    [Fact]
    public async Task Upsert_IdTwice_IsRefused()
    {
        IDocuments documents = await Store.CreateAsync(Spec());

        await FailsAsync(CollectionFailure.Invalid, () => documents.UpsertAsync(Space, [Papers[0], Papers[0]]), "twice");
    }

    [Fact]
    public async Task Reopen_AfterChanges_FindsThemAll()
    {
        IDocuments documents = await FilledAsync();
        await documents.DeleteAsync(["b"]);
        await ReopenAsync();

        documents = await Store.OpenAsync("papers");

        Assert.Equal(3, await documents.CountAsync(null));
        Assert.Equal(["a", "c"], (await documents.LexicalAsync("boundary layer", 5, null)).Select(found => found.Id).Order(StringComparer.Ordinal));
        Assert.Equal(["a", "c"], (await documents.DenseAsync(Space, [2, 0.5f, 0], 2, null)).Select(found => found.Id));
    }

    [Fact]
    public async Task Delete_Ids_TellsHowManyThereWere()
    {
        IDocuments documents = await FilledAsync();

        Assert.Equal(2, await documents.DeleteAsync(["a", "missing", "d/ü ?"]));
        Assert.Equal(0, await documents.DeleteAsync(["a"]));

        Assert.Equal(2, await documents.CountAsync(null));
        Assert.Empty(await documents.LexicalAsync("flutter", 5, null));
    }

    [Fact]
    public async Task List_Pages_ShowEveryDocumentOnce()
    {
        IDocuments documents = await FilledAsync();
        var seen = new List<string>();
        string? after = null;
        while (await documents.ListAsync(after, 3) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(document => document.Id));
            after = seen[^1];
        }

        Assert.Equal(["a", "b", "c", "d/ü ?"], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Dense_Query_GoesByCosine()
    {
        IDocuments documents = await FilledAsync();

        IReadOnlyList<Found> found = await documents.DenseAsync(Space, [3, 1, 0], 3, null);

        Assert.Equal(["a", "c", "b"], found.Select(one => one.Id));
        Assert.Equal(3 / Math.Sqrt(10), found[0].Score, 5);
    }

    [Fact]
    public async Task Dense_OtherSpace_NamesBoth()
    {
        IDocuments documents = await FilledAsync();

        await FailsAsync(
            CollectionFailure.OtherSpace, () => documents.DenseAsync("other@ffffffffffff", [1, 0, 0], 1, null), Space, "other@ffffffffffff");
    }

    [Fact]
    public async Task Lexical_Query_GoesByRareWordsAndLeavesOutTheRest()
    {
        IDocuments documents = await FilledAsync();

        Assert.Equal("b", (await documents.LexicalAsync("Supersonic layers", 5, null))[0].Id);
        Assert.Equal(["b", "d/ü ?"], (await documents.LexicalAsync("wings", 5, null)).Select(found => found.Id).Order(StringComparer.Ordinal));
        Assert.Empty(await documents.LexicalAsync("the", 5, null));
        Assert.Empty(await documents.LexicalAsync("", 5, null));
    }

    public static TheoryData<string, Filter, string> Filters() => new()
    {
        { "match text", new Filter([Match("kind", new FieldValue.Text("report"))], [], []), "b" },
        { "match in array", new Filter([Match("tags", new FieldValue.Text("flow"))], [], []), "a d/ü ?" },
        { "match number", new Filter([Match("year", new FieldValue.Number(1962))], [], []), "b" },
        { "match flag", new Filter([Match("open", new FieldValue.Flag(true))], [], []), "c" },
        { "any of", new Filter([Match("kind", new FieldValue.Text("thesis"), new FieldValue.Text("report"))], [], []), "b d/ü ?" },
        { "any number", new Filter([Match("year", new FieldValue.Number(1958), new FieldValue.Number(1))], [], []), "a" },
        { "range", new Filter([new RangeCondition("year") { Above = 1958, AtMost = 1962 }], [], []), "b c" },
        { "range inside", new Filter([new RangeCondition("year") { AtLeast = 1958, Below = 1962 }], [], []), "a c" },
        { "should", new Filter([], [Match("open", new FieldValue.Flag(true)), Match("kind", new FieldValue.Text("thesis"))], []), "c d/ü ?" },
        { "must not", new Filter([], [], [new RangeCondition("year") { AtLeast = 1960 }]), "a d/ü ?" },
        { "all three", new Filter([new RangeCondition("year") { AtLeast = 0 }], [Match("open", new FieldValue.Flag(true)), Match("kind", new FieldValue.Text("report"))], [Match("year", new FieldValue.Number(1962))]), "c" },
        { "empty", new Filter([], [], []), "a b c d/ü ?" },
        { "nobody", new Filter([Match("colour", new FieldValue.Text("red"))], [], []), "" },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Filter_Conditions_HoldInEveryOperation(string name, Filter filter, string ids)
    {
        IDocuments documents = await FilledAsync();
        string[] expected = ids.Replace("d/ü ?", "d").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        expected = [.. expected.Select(id => id == "d" ? "d/ü ?" : id)];

        var dense = await documents.DenseAsync(Space, [1, 1, 1], 9, filter);
        var lexical = await documents.LexicalAsync("layer flow wing", 9, filter);

        Assert.Equal(expected, dense.Select(found => found.Id).Order(StringComparer.Ordinal));
        Assert.Equal(expected, lexical.Select(found => found.Id).Order(StringComparer.Ordinal));
        Assert.True(expected.Length == await documents.CountAsync(filter), name);
        Assert.Equal(expected.Length, await documents.DeleteAsync(filter));
        Assert.Equal(4 - expected.Length, await documents.CountAsync(null));
    }

    [Fact]
    public async Task Search_Hybrid_FusesBothRankings()
    {
        IDocuments documents = await FilledAsync();

        var hits = await CollectionSearch.RunAsync(
            documents, new SearchRequest(SearchMode.Hybrid) { Text = "laminar layer", Vector = [1, 0, 0], Space = Space, TopK = 2 });

        // c is second by cosine and first by words, a the other way round; a is met first.
        Assert.Equal(["a", "c"], hits.Select(hit => hit.Document.Id));
        Assert.Equal([(1, 2), (2, 1)], hits.Select(hit => (hit.DensePlace!.Value, hit.LexicalPlace!.Value)));
        Assert.Equal((1.0 / 61) + (1.0 / 62), hits[0].Score, 9);
        Assert.Equal("boundary layer on a flat plate", hits[0].Document.Text);
    }

    [Fact]
    public async Task Search_OneMode_RanksByItAlone()
    {
        IDocuments documents = await FilledAsync();
        var request = new SearchRequest(SearchMode.Dense) { Text = "flutter", Vector = [0, 1, 0], Space = Space, TopK = 1, WithVectors = true };

        SearchHit dense = (await CollectionSearch.RunAsync(documents, request)).Single();
        SearchHit lexical = (await CollectionSearch.RunAsync(documents, request with { Mode = SearchMode.Lexical })).Single();

        Assert.Equal(("b", 1, null), (dense.Document.Id, dense.DensePlace, dense.LexicalPlace));
        Assert.Equal([0f, 1, 0], dense.Document.Vector!);
        Assert.Equal(("d/ü ?", null, 1), (lexical.Document.Id, lexical.DensePlace, lexical.LexicalPlace));
    }

    [Fact]
    public async Task Search_WhileDocumentsChange_IsAlwaysWhole()
    {
        IDocuments documents = await Store.CreateAsync(Spec());
        using var done = new CancellationTokenSource();
        Task searching = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                var hits = await CollectionSearch.RunAsync(
                    documents, new SearchRequest(SearchMode.Hybrid) { Text = "wing", Vector = [1, 0, 0], Space = Space });
                Assert.Equal(hits.Count, hits.Select(hit => hit.Document.Id).Distinct().Count());
            }
        });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async writer =>
        {
            for (int i = 0; i < 25; i++)
            {
                await documents.UpsertAsync(Space, [Doc($"{writer}-{i}", $"wing {i}", [1, i, writer]), Doc($"{writer}-last", $"wing w{i}", [i, 1, 0])]);
                if (i % 2 == 1)
                    await documents.DeleteAsync([$"{writer}-{i - 1}"]);
            }
        }));
        await done.CancelAsync();
        await searching;

        Assert.Equal(4 * (25 - 12 + 1), await documents.CountAsync(null));
        Assert.Equal(4 * (25 - 12 + 1), (await documents.LexicalAsync("wing", 1000, null)).Count);
        Assert.Equal(4, (await documents.LexicalAsync("w24", 1000, null)).Count);
    }

    protected static async Task FailsAsync(CollectionFailure failure, Func<Task> operation, params string[] words)
    {
        var refused = await Assert.ThrowsAsync<CollectionException>(operation);
        Assert.Equal(failure, refused.Failure);
        foreach (string word in words)
            Assert.Contains(word, refused.Message, StringComparison.Ordinal);
    }

    static MatchCondition Match(string key, params FieldValue[] values) => new(key, values);
}
