namespace Orchestrator.Jobs.Store;

/// <summary>The store of jobs cannot be used: a folder without permission, a full disk, a database of another version.</summary>
public class JobStoreException(string message, Exception? inner = null) : IOException(message, inner);

/// <summary>Another process runs the job.</summary>
public sealed class JobHeldException(string job) : JobStoreException($"The job '{job}' is being run by another process.");
