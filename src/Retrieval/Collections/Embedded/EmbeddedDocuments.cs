using Orchestrator.Retrieval.Collections.Documents;
using Orchestrator.Retrieval.Collections.Filters;
using Orchestrator.Router.Embedding;

namespace Orchestrator.Retrieval.Collections.Embedded;

/// <summary>A collection in a file of its own: rows in SQLite, indexes over them in memory.</summary>
sealed class EmbeddedDocuments : IDocuments, IAsyncDisposable
{
    readonly CollectionDatabase _database;
    readonly CollectionWriter _writer;
    readonly IndexKeeper _index;

    public EmbeddedDocuments(CollectionDatabase database, VectorIndexOptions options)
    {
        _database = database;
        _writer = new CollectionWriter(database.Connection, database.Spec.Name);
        _index = new IndexKeeper(database, _writer, options);
    }

    public CollectionSpec Spec => _database.Spec;

    public async Task<CollectionFacts> FactsAsync(CancellationToken cancellationToken = default) =>
        new(Spec, _database.Created, await CountAsync(null, cancellationToken))
        {
            MemoryBytes = _index.Current?.Bytes,
            Approximate = _index.Current?.IsApproximate,
        };

    public Task UpsertAsync(string space, IReadOnlyList<Document> documents, CancellationToken cancellationToken = default)
    {
        Document[] checkedOnes = SpaceGuard.Checked(Spec, space, documents);
        return _writer.WriteAsync(db => DocumentRows.Upsert(db, checkedOnes), () => _index.Changed(index => index.Upsert(checkedOnes)));
    }

    public Task<IReadOnlyList<Document>> GetAsync(
        IReadOnlyList<string> ids, bool withVectors = false, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<Document>>(db => DocumentRows.Get(db, Spec, ids, withVectors), cancellationToken);

    public Task<IReadOnlyList<Document>> ListAsync(string? after, int limit, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<Document>>(db => DocumentRows.Page(db, Spec, after, limit), cancellationToken);

    public Task<long> DeleteAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken = default) =>
        DeleteAsync(db => DocumentRows.Delete(db, ids));

    public Task<long> DeleteAsync(Filter filter, CancellationToken cancellationToken = default) =>
        DeleteAsync(db => DocumentRows.Delete(db, DocumentRows.Matching(db, Spec, filter)));

    public Task<long> CountAsync(Filter? filter, CancellationToken cancellationToken = default) =>
        ReadAsync(db => filter is null ? DocumentRows.Count(db) : DocumentRows.Matching(db, Spec, filter).Count, cancellationToken);

    public async Task<IReadOnlyList<Found>> DenseAsync(
        string space, float[] vector, int count, Filter? filter, CancellationToken cancellationToken = default)
    {
        float[] query = SpaceGuard.Checked(Spec, space, vector);
        CollectionIndex index = await _index.GetAsync().WaitAsync(cancellationToken);
        return index.Nearest(query, count, filter);
    }

    public async Task<IReadOnlyList<Found>> LexicalAsync(
        string text, int count, Filter? filter, CancellationToken cancellationToken = default) =>
        (await _index.GetAsync().WaitAsync(cancellationToken)).Best(text, count, filter);

    public async ValueTask DisposeAsync()
    {
        _index.Dispose();
        await _writer.DisposeAsync();
        await _database.DisposeAsync();
    }

    async Task<long> DeleteAsync(Func<Microsoft.Data.Sqlite.SqliteConnection, List<string>> delete)
    {
        List<string> deleted = [];
        await _writer.WriteAsync(db => deleted = delete(db), () => _index.Changed(index => index.Remove(deleted)));
        return deleted.Count;
    }

    /// <summary>Off the caller's thread: the disk may be slow.</summary>
    Task<T> ReadAsync<T>(Func<Microsoft.Data.Sqlite.SqliteConnection, T> read, CancellationToken cancellationToken) =>
        Task.Run(() => _database.Read(read), cancellationToken);
}
