using System.IO.Compression;
using System.Text;

namespace Orchestrator.Router.Outcomes;

/// <summary>
/// Files that are replaced in one step: a reader sees the old one or the new one, and so does a crash. Texts whose name ends
/// in <c>.gz</c> are compressed.
/// </summary>
public static class WholeFile
{
    /// <summary>Tells before long work whether its result can be kept; leaves the file as it is.</summary>
    /// <exception cref="IOException">The folder is missing, or the path is one itself.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static void Try(string path)
    {
        if (Directory.Exists(path))
            throw new IOException("It is a folder.");
        string probe = path + ".probe";
        using var stream = new FileStream(
            probe, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
    }

    /// <remarks>Reading a damaged compressed file throws <see cref="InvalidDataException"/>.</remarks>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static StreamReader OpenText(string path)
    {
        Stream file = new FileStream(path, FileMode.Open, FileAccess.Read);
        return new StreamReader(IsCompressed(path) ? new GZipStream(file, CompressionMode.Decompress) : file, Encoding.UTF8);
    }

    /// <exception cref="IOException">The folder is missing or cannot be written.</exception>
    public static void Replace(string path, Action<TextWriter> write) => ReplaceBytes(path, stream =>
    {
        if (!IsCompressed(path))
        {
            Write(stream, write);
            return;
        }
        using var compressed = new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true);
        Write(compressed, write);
    });

    /// <exception cref="IOException">The folder is missing or cannot be written.</exception>
    public static void ReplaceBytes(string path, Action<Stream> write)
    {
        string part = path + ".part";
        using (var stream = new FileStream(part, FileMode.Create, FileAccess.Write))
        {
            write(stream);
            stream.Flush(flushToDisk: true);
        }
        File.Move(part, path, overwrite: true);
    }

    static bool IsCompressed(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    static void Write(Stream stream, Action<TextWriter> write)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        write(writer);
    }
}
