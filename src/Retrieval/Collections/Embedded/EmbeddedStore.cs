using System.Collections.Concurrent;
using Orchestrator.Router.Embedding;

namespace Orchestrator.Retrieval.Collections.Embedded;

/// <summary>Collections as files of one folder, which one process at a time may use.</summary>
/// <param name="folder">Made when the first collection is.</param>
public sealed class EmbeddedStore(string folder, VectorIndexOptions options, TimeProvider time) : ICollectionStore
{
    const string Suffix = ".db";

    /// <summary>Of creating, opening, deleting and closing; documents never wait for it.</summary>
    readonly SemaphoreSlim _gate = new(1);
    readonly ConcurrentDictionary<string, EmbeddedDocuments> _open = new(StringComparer.Ordinal);
    FileStream? _lock;
    bool _closed;

    public async Task<IDocuments> CreateAsync(CollectionSpec spec, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        CollectionName.Check(spec.Name);
        return await GatedAsync(() => Task.FromResult<IDocuments>(FindOrOpen(spec.Name) is null
            ? Keep(CollectionDatabase.Create(FileOf(spec.Name), spec, time.GetUtcNow().ToUnixTimeSeconds()))
            : throw CollectionException.AlreadyThere(spec.Name)), cancellationToken);
    }

    public async Task<IReadOnlyList<CollectionEntry>> ListAsync(CancellationToken cancellationToken = default)
    {
        if (!Directory.Exists(folder))
            return [];
        var entries = new List<CollectionEntry>();
        foreach (string name in Directory.EnumerateFiles(folder, "*" + Suffix).Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(CollectionName.IsValid).Order(StringComparer.Ordinal))
        {
            try
            {
                entries.Add(new CollectionEntry(name, await (await OpenAsync(name, cancellationToken)).FactsAsync(cancellationToken)));
            }
            catch (CollectionException failure)
            {
                // Deleted meanwhile, or never made whole.
                if (failure.Failure != CollectionFailure.NotFound)
                    entries.Add(new CollectionEntry(name, null, failure.Message));
            }
        }
        return entries;
    }

    public async Task<IDocuments> OpenAsync(string name, CancellationToken cancellationToken = default)
    {
        CollectionName.Check(name);
        return _open.TryGetValue(name, out EmbeddedDocuments? open)
            ? open
            : await GatedAsync(() => Task.FromResult(FindOrOpen(name) ?? throw CollectionException.NoCollection(name)), cancellationToken);
    }

    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken = default)
    {
        CollectionName.Check(name);
        return await GatedAsync(async () =>
        {
            bool there = File.Exists(FileOf(name));
            if (_open.TryRemove(name, out EmbeddedDocuments? open))
                await open.DisposeAsync();
            if (there)
                CollectionDatabase.Delete(FileOf(name));
            return there;
        }, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        try
        {
            _closed = true;
            foreach (EmbeddedDocuments documents in _open.Values)
                await documents.DisposeAsync();
            _open.Clear();
            _lock?.Dispose();
        }
        finally
        {
            _gate.Release();
        }
    }

    EmbeddedDocuments? FindOrOpen(string name)
    {
        if (_open.TryGetValue(name, out EmbeddedDocuments? open))
            return open;
        return CollectionDatabase.Open(FileOf(name), name) is { } database ? Keep(database) : null;
    }

    EmbeddedDocuments Keep(CollectionDatabase database) => _open[database.Spec.Name] = new EmbeddedDocuments(database, options);

    string FileOf(string name) => Path.Combine(folder, name + Suffix);

    async Task<T> GatedAsync<T>(Func<Task<T>> action, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_closed)
                throw new CollectionException(CollectionFailure.Unavailable, "Collections cannot be used now: the service is stopping.");
            TakeFolder();
            return await action();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CollectionException(CollectionFailure.Unavailable, "The folder of collections cannot be used.", failure);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Indexes in memory would not see what another process writes; the system lets go of it when this one is killed.</summary>
    void TakeFolder()
    {
        if (_lock is not null)
            return;
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, "collections.lock");
        try
        {
            _lock = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (File.Exists(file))
        {
            throw new CollectionException(
                CollectionFailure.Unavailable, "The folder of collections is used by another process or service; give each a folder of its own.", held);
        }
    }
}
