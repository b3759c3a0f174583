using Microsoft.Data.Sqlite;
using Orchestrator.Retrieval.Collections;
using Orchestrator.Retrieval.Collections.Documents;
using Orchestrator.Retrieval.Collections.Embedded;
using Orchestrator.Retrieval.Collections.Filters;
using Orchestrator.Router.Embedding;
using Orchestrator.TestKit;

namespace Orchestrator.Retrieval.Tests.Collections.Embedded;

public sealed class EmbeddedStoreTests : CollectionStoreTests
{
    readonly TemporaryFolder _folder = new();

    protected override ICollectionStore Open() => new EmbeddedStore(
        Path.Combine(_folder.Path, "collections"), new VectorIndexOptions { ApproximateFrom = 300 }, new FixedTime());

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    string FileOf(string name) => Path.Combine(_folder.Path, "collections", name + ".db");

    [Fact]
    public async Task List_NothingEver_MakesNoFolder()
    {
        Assert.Empty(await Store.ListAsync());
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Open_DamagedFile_SaysSoAndOthersServe()
    {
        await (await Store.CreateAsync(Spec("good"))).UpsertAsync(Space, [Doc("a", "wing", [1, 0, 0])]);
        await Store.CreateAsync(Spec("bad"));
        await Store.DisposeAsync();
        await File.WriteAllTextAsync(FileOf("bad"), new string('x', 8192));
        await ReopenAsync();

        await FailsAsync(CollectionFailure.Damaged, () => Store.OpenAsync("bad"), "'bad'");
        CollectionEntry[] entries = [.. await Store.ListAsync()];

        Assert.Equal(["bad", "good"], entries.Select(entry => entry.Name));
        Assert.Contains("damaged", entries[0].Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.Path, entries[0].Problem, StringComparison.Ordinal);
        Assert.Equal(1, entries[1].Facts!.Documents);
        await FailsAsync(CollectionFailure.Damaged, () => Store.CreateAsync(Spec("bad")), "'bad'");
        Assert.True(await Store.DeleteAsync("bad"));
        Assert.Equal("good", Assert.Single(await Store.ListAsync()).Name);
    }

    [Fact]
    public async Task Search_DamagedRow_SaysSoAndTheRestIsRead()
    {
        IDocuments documents = await Store.CreateAsync(Spec());
        await documents.UpsertAsync(Space, [Doc("a", "wing", [1, 0, 0]), Doc("b", "wing", [0, 1, 0])]);
        await Store.DisposeAsync();
        Change("papers", "UPDATE documents SET vector = x'00' WHERE id = 'b'");
        await ReopenAsync();
        documents = await Store.OpenAsync("papers");

        await FailsAsync(CollectionFailure.Damaged, () => documents.LexicalAsync("wing", 5, null), "1 bytes");
        await FailsAsync(CollectionFailure.Damaged, () => documents.DenseAsync(Space, [1, 0, 0], 5, null), "1 bytes");
        Assert.Equal("wing", (await documents.GetAsync(["a"], withVectors: true)).Single().Text);
        await documents.UpsertAsync(Space, [Doc("b", "wing", [0, 1, 0])]);
        Assert.Equal(2, (await documents.LexicalAsync("wing", 5, null)).Count);
    }

    [Fact]
    public async Task Open_FileOfAnotherVersion_SaysSo()
    {
        await Store.CreateAsync(Spec());
        await Store.DisposeAsync();
        Change("papers", "PRAGMA user_version = 7");
        await ReopenAsync();

        await FailsAsync(CollectionFailure.Damaged, () => Store.OpenAsync("papers"), "version 7");
    }

    [Fact]
    public async Task Create_FileThatWasNeverFinished_BeginsAnew()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf("papers"))!);
        await File.WriteAllTextAsync(FileOf("papers"), "");
        await File.WriteAllTextAsync(FileOf("papers") + "-wal", "left over");

        await FailsAsync(CollectionFailure.NotFound, () => Store.OpenAsync("papers"));
        Assert.Empty(await Store.ListAsync());
        IDocuments documents = await Store.CreateAsync(Spec());
        await documents.UpsertAsync(Space, [Doc("a", "wing", [1, 0, 0])]);

        Assert.Equal(1, await documents.CountAsync(null));
    }

    [Fact]
    public async Task Open_FolderOfAnotherStore_IsUnavailable()
    {
        await Store.CreateAsync(Spec());
        await using ICollectionStore other = Open();

        await FailsAsync(CollectionFailure.Unavailable, () => other.OpenAsync("papers"), "another process or service");
    }

    [Fact]
    public async Task Dense_ManyDocuments_IsApproximateAndSaysSo()
    {
        IDocuments documents = await Store.CreateAsync(Spec(dimensions: 16));
        Document[] many = Many(1000, 16);
        await documents.UpsertAsync(Space, many[..100]);
        await documents.DenseAsync(Space, many[0].Vector!, 1, null);
        Assert.False((await documents.FactsAsync()).Approximate);
        await documents.UpsertAsync(Space, many[100..]);

        // The index is made anew in the background; searches work meanwhile.
        while ((await documents.FactsAsync()).Approximate != true)
        {
            Assert.Equal("17", (await documents.DenseAsync(Space, many[17].Vector!, 1, null)).Single().Id);
            await documents.UpsertAsync(Space, [many[0]]);
        }

        Assert.All(many[..50], document => Assert.Equal(document.Id, Nearest(documents, document.Vector!).Result));
        Assert.InRange((await documents.FactsAsync()).MemoryBytes!.Value, 1000 * 16 * sizeof(float), 3_000_000);
    }

    [Fact]
    public async Task Dense_ApproximateWithFilter_FindsAllThatPass()
    {
        IDocuments documents = await Store.CreateAsync(Spec(dimensions: 16));
        Document[] many = Many(1000, 16);
        await documents.UpsertAsync(Space, many);
        var rare = new Filter([new RangeCondition("number") { Below = 5 }], [], []);
        var half = new Filter([new RangeCondition("number") { AtLeast = 500 }], [], []);

        var five = await documents.DenseAsync(Space, many[900].Vector!, 10, rare);
        var ten = await documents.DenseAsync(Space, many[900].Vector!, 10, half);

        Assert.True((await documents.FactsAsync()).Approximate);
        Assert.Equal(["0", "1", "2", "3", "4"], five.Select(found => found.Id).Order(StringComparer.Ordinal));
        Assert.Equal("900", ten[0].Id);
        Assert.Equal(10, ten.Count);
        Assert.All(ten, found => Assert.InRange(int.Parse(found.Id), 500, 999));
    }

    [Fact]
    public async Task Upsert_SameDocumentsAgainAndAgain_KeepsMemoryBounded()
    {
        IDocuments documents = await Store.CreateAsync(Spec(dimensions: 16));
        Document[] many = Many(200, 16);
        await documents.UpsertAsync(Space, many);
        await documents.DenseAsync(Space, many[0].Vector!, 1, null);
        long small = (await documents.FactsAsync()).MemoryBytes!.Value;
        for (int i = 0; i < 20; i++)
            await documents.UpsertAsync(Space, many);

        // Of 4,000 rows that were replaced all are gone but those that came while an index was made anew in the background.
        int rounds = 0;
        while ((await documents.FactsAsync()).MemoryBytes > 2 * small)
        {
            Assert.InRange(rounds++, 0, 1000);
            await documents.UpsertAsync(Space, many[..10]);
        }
        Assert.Equal(200, (await documents.DenseAsync(Space, many[0].Vector!, 1000, null)).Count);
        Assert.Equal("7", await Nearest(documents, many[7].Vector!));
    }

    static async Task<string> Nearest(IDocuments documents, float[] vector) => (await documents.DenseAsync(Space, vector, 1, null)).Single().Id;

    static Document[] Many(int count, int dimensions)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(i => Doc(
            $"{i}", $"text {i}", [.. Enumerable.Range(0, dimensions).Select(_ => random.NextSingle() - 0.5f)], ("number", new FieldValue.Number(i))))];
    }

    void Change(string name, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={FileOf(name)};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
