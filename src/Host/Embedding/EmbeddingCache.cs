using Orchestrator.Router.Embedding;

namespace Orchestrator.Host.Embedding;

/// <summary>
/// What would take long to compute again, on the disk. A file that is damaged or cannot be written costs time and a warning,
/// never a start.
/// </summary>
sealed class EmbeddingCache(string folder, ILogger logger)
{
    /// <summary>Fewer are fitted sooner than it could matter.</summary>
    const int WorthKeeping = 256;

    /// <summary>Fitted ones kept, the newest: each new outcome file makes another.</summary>
    const int MostFitted = 4;

    /// <summary>Vectors kept of one embedder beside those just asked for.</summary>
    const int MostOthers = 65_536;

    /// <summary>Texts embedded in one call: what is asked meanwhile gets its turn between two steps of it.</summary>
    const int Batch = 256;

    /// <summary>Of these texts: read where it was fitted before.</summary>
    public LsaEmbedder Lsa(IReadOnlyList<string> texts)
    {
        if (texts.Count < WorthKeeping) return LsaEmbedder.Fit(texts);
        var source = LsaEmbedder.SourceOf(texts, LsaOptions.Default);
        var path = Path.Combine(folder, $"lsa-{source}.bin");
        if (Read(path, () => LsaEmbedder.Load(path)) is { } kept && kept.Source == source) return kept;
        var fitted = LsaEmbedder.Fit(texts);
        Write(path, () =>
        {
            fitted.Save(path);
            foreach (var old in new DirectoryInfo(folder).GetFiles("lsa-*.bin").OrderByDescending(file => file.LastWriteTimeUtc).Skip(MostFitted))
                old.Delete();
        });
        return fitted;
    }

    /// <summary>The vectors of these texts; only those that are not kept yet are computed.</summary>
    public async Task<IReadOnlyDictionary<string, float[]>> VectorsAsync(
        IEmbedder embedder, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, $"vectors-{embedder.Id}.bin");
        var kept = Read(path, () => VectorFile.Read(path, embedder.Dimensions)) ?? [];
        var keys = texts.Distinct(StringComparer.Ordinal).ToDictionary(text => text, VectorFile.KeyOf, StringComparer.Ordinal);
        string[] missing = [.. keys.Where(pair => !kept.ContainsKey(pair.Value)).Select(pair => pair.Key)];
        if (missing.Length > 0)
        {
            Log.Embedding(logger, missing.Length, embedder.Id);
            try
            {
                foreach (var batch in missing.Chunk(Batch))
                {
                    var vectors = await embedder.EmbedAsync(batch, cancellationToken);
                    foreach (var (text, vector) in batch.Zip(vectors)) kept[keys[text]] = vector;
                }
            }
            finally
            {
                // Stopped on the way, the next start goes on from here.
                Write(path, () => VectorFile.Write(path, embedder.Dimensions, Bounded(kept, [.. keys.Values])));
            }
        }

        return keys.ToDictionary(pair => pair.Key, pair => kept[pair.Value], StringComparer.Ordinal);
    }

    static Dictionary<UInt128, float[]> Bounded(Dictionary<UInt128, float[]> kept, HashSet<UInt128> asked) =>
        kept.Count - asked.Count <= MostOthers ? kept : kept.Where(pair => asked.Contains(pair.Key)).ToDictionary();

    T? Read<T>(string path, Func<T> read)
        where T : class
    {
        try
        {
            return File.Exists(path) ? read() : null;
        }
        catch (Exception damaged) when (damaged is EmbedderFileException or IOException or UnauthorizedAccessException)
        {
            Log.CacheUnreadable(logger, path, damaged.Message);
            return null;
        }
    }

    void Write(string path, Action write)
    {
        try
        {
            Directory.CreateDirectory(folder);
            write();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Log.CacheNotWritten(logger, path, refused.Message);
        }
    }
}
