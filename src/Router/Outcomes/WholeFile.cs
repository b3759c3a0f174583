using System.Text;

namespace Orchestrator.Router.Outcomes;

/// <summary>Files that are replaced in one step: a reader sees the old one or the new one, and so does a crash.</summary>
public static class WholeFile
{
    /// <exception cref="IOException">The folder is missing or cannot be written.</exception>
    public static void Replace(string path, Action<TextWriter> write)
    {
        string part = path + ".part";
        using (var stream = new FileStream(part, FileMode.Create, FileAccess.Write))
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            write(writer);
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }
        File.Move(part, path, overwrite: true);
    }
}
