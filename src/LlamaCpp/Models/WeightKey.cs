namespace Orchestrator.LlamaCpp.Models;

/// <summary>Weights that may be shared: the same content, placed in the same way.</summary>
/// <param name="Path">The file itself, links resolved.</param>
/// <param name="Written">With the length, what tells a file from the one that was there before.</param>
readonly record struct WeightKey(string Path, long FileBytes, DateTime Written, int GpuLayers, bool MemoryMap)
{
    /// <exception cref="ModelLoadException">There is no such file.</exception>
    public static WeightKey Of(string path, int gpuLayers, bool memoryMap)
    {
        try
        {
            var file = new FileInfo(path);
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            return new WeightKey(file.FullName, file.Length, file.LastWriteTimeUtc, gpuLayers, memoryMap);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw exception is FileNotFoundException or DirectoryNotFoundException
                ? new ModelLoadException(path, $"There is no file '{path}'.", exception)
                : new ModelLoadException(path, $"'{path}' cannot be read: {exception.Message}", exception);
        }
    }
}
