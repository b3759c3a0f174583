using System.Security.Cryptography;
using System.Text;
using Orchestrator.Jobs.Store;

namespace Orchestrator.Jobs.Files;

/// <summary>
/// The files of batches: content in the folder <c>files</c>, what is known of it in the database. Written beside its place
/// and moved there when it is whole, so that a kill leaves no half of a file.
/// </summary>
public sealed class JobFiles
{
    const int PieceBytes = 64 * 1024;

    static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    readonly FileTable _table;
    readonly string _folder;
    readonly TimeProvider _time;

    internal JobFiles(JobStore store, TimeProvider time)
    {
        (_table, _folder, _time) = (store.Files, Path.Combine(store.Folder, "files"), time);
        RemoveLeftovers();
    }

    public static string NewId() => $"file-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}";

    /// <summary>Stores a file that comes in as a stream.</summary>
    /// <param name="receive">Writes the content, and tells the file's name and purpose, which may come after it.</param>
    /// <exception cref="JobStoreException">It cannot be stored.</exception>
    public Task<FileRecord> SaveAsync(Func<Stream, Task<(string Name, string Purpose)>> receive) => PlaceAsync(NewId(), receive);

    /// <exception cref="FileTooLargeException">There are more than <paramref name="limit"/> bytes.</exception>
    public static async Task CopyAsync(Stream from, Stream to, long limit, CancellationToken cancellationToken)
    {
        var piece = new byte[PieceBytes];
        for (long written = 0; await from.ReadAsync(piece, cancellationToken) is > 0 and var read; written += read)
        {
            if (written + read > limit) throw new FileTooLargeException(limit);
            await to.WriteAsync(piece.AsMemory(0, read), cancellationToken);
        }
    }

    /// <summary>A file of lines under an id of its own; one of that id that is there already is replaced.</summary>
    public Task<FileRecord> WriteAsync(string id, string name, string purpose, IEnumerable<string> lines) =>
        PlaceAsync(id, async file =>
        {
            await WriteLinesAsync(file, lines);
            return (name, purpose);
        });

    public static async Task WriteLinesAsync(Stream file, IEnumerable<string> lines)
    {
        await using var writer = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        foreach (string line in lines) await writer.WriteLineAsync(line);
    }

    public FileRecord? Find(string id) => _table.Find(id);

    /// <summary>The newest first.</summary>
    public IReadOnlyList<FileRecord> List(string? purpose, string? after, int limit) => _table.List(purpose, after, limit);

    /// <exception cref="FileNotFoundException">Its content is gone.</exception>
    /// <exception cref="DirectoryNotFoundException">The content of all files is gone.</exception>
    public Stream OpenRead(string id) =>
        new FileStream(PathOf(id), new FileStreamOptions { Options = FileOptions.Asynchronous, Share = FileShare.Read | FileShare.Delete });

    /// <summary>The content goes first: what fails midway is still listed, and can be deleted again.</summary>
    /// <returns>Whether there was such a file.</returns>
    /// <exception cref="JobStoreException">It cannot be deleted.</exception>
    public async Task<bool> DeleteAsync(string id)
    {
        if (Find(id) is null) return false;
        try
        {
            File.Delete(PathOf(id));
        }
        catch (DirectoryNotFoundException)
        {
            // It is gone already.
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            throw new JobStoreException($"The file {PathOf(id)} cannot be deleted: {failure.Message}", failure);
        }
        return await _table.DeleteAsync(id);
    }

    async Task<FileRecord> PlaceAsync(string id, Func<Stream, Task<(string Name, string Purpose)>> write)
    {
        string part = $"{PathOf(id)}.{Guid.NewGuid():N}.part";
        try
        {
            Directory.CreateDirectory(_folder);
            string name, purpose;
            await using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, PieceBytes, FileOptions.Asynchronous))
            {
                (name, purpose) = await write(file);
                await file.FlushAsync();
                file.Flush(flushToDisk: true);
            }
            var record = new FileRecord(id, name, purpose, new FileInfo(part).Length, _time.GetUtcNow().ToUnixTimeSeconds());
            File.Move(part, PathOf(id), overwrite: true);
            await _table.AddAsync(record);
            return record;
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException and not JobStoreException)
        {
            throw new JobStoreException($"The file cannot be stored in {_folder}: {failure.Message}", failure);
        }
        finally
        {
            // Without its folder there is none, and what failed is what is to be told.
            if (File.Exists(part)) File.Delete(part);
        }
    }

    /// <summary>What a kill left of an upload; younger ones may be another process's, which still writes.</summary>
    void RemoveLeftovers()
    {
        if (!Directory.Exists(_folder)) return;
        foreach (string part in Directory.EnumerateFiles(_folder, "*.part"))
            if (_time.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(part) > Abandoned) File.Delete(part);
    }

    string PathOf(string id) => Path.Combine(_folder, id);
}
