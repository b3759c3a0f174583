using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Orchestrator.Experts.Gguf;

/// <summary>
/// SHA-256 of whole files, computed once while length and time of writing stay the same. Safe for concurrent use; two that ask for
/// the same new file at once both read it.
/// </summary>
public sealed class FileHashes
{
    readonly ConcurrentDictionary<string, (FileStamp Stamp, string Hash)> _known = new(StringComparer.Ordinal);

    /// <summary>In lower-case hexadecimal digits; null when there is no such file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public string? Sha256(string path)
    {
        // Taken first: what is written while it is read is seen as changed the next time.
        if (FileStamp.Of(path) is not { } stamp)
            return null;
        if (_known.TryGetValue(path, out var known) && known.Stamp == stamp)
            return known.Hash;
        using FileStream stream = File.OpenRead(path);
        string hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        _known[path] = (stamp, hash);
        return hash;
    }
}
