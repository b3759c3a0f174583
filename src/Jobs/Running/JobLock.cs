using Orchestrator.Jobs.Store;

namespace Orchestrator.Jobs.Running;

/// <summary>Held by the one process that runs a job; the system lets go of it when that process is killed.</summary>
sealed class JobLock : IDisposable
{
    readonly FileStream _file;

    JobLock(FileStream file) => _file = file;

    /// <returns>Null when somebody else holds it.</returns>
    /// <exception cref="JobStoreException">The folder cannot be written.</exception>
    public static JobLock? TryTake(string folder, string job)
    {
        string locks = Path.Combine(folder, "locks");
        string file = Path.Combine(locks, $"{job}.lock");
        try
        {
            Directory.CreateDirectory(locks);
            return new JobLock(new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(file))
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new JobStoreException($"The folder of jobs cannot be used: {failure.Message}", failure);
        }
    }

    public void Dispose() => _file.Dispose();
}
