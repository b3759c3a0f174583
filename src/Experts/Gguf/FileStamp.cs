namespace Orchestrator.Experts.Gguf;

/// <summary>Tells whether a file is still the one that was looked at. Of a link, all is its final target's.</summary>
readonly record struct FileStamp(long Bytes, DateTime WrittenUtc)
{
    /// <summary>Null when there is no such file. It is not opened: a pipe could block for ever.</summary>
    public static FileStamp? Of(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            // A link's own length is that of its text.
            var file = new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);
            return new FileStamp(file.Length, file.LastWriteTimeUtc);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It went away in between.
            return null;
        }
    }
}
