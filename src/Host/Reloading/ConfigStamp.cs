namespace Orchestrator.Host.Reloading;

/// <summary>What shows that a file is another one, without reading it.</summary>
readonly record struct ConfigStamp(long Length, DateTime Written)
{
    /// <summary>Follows links, whose own stamps stay when the target changes; a file that is not there has the default.</summary>
    public static ConfigStamp Of(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target) file = target;
            return file.Exists ? new ConfigStamp(file.Length, file.LastWriteTimeUtc) : default;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
