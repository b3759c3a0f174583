using System.Text;

namespace Orchestrator.Router.Outcomes;

/// <summary>Files that are replaced in one step: a reader sees the old one or the new one, and so does a crash.</summary>
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

    /// <exception cref="IOException">The folder is missing or cannot be written.</exception>
    public static void Replace(string path, Action<TextWriter> write) => ReplaceBytes(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        write(writer);
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
}
