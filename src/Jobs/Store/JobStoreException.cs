namespace Orchestrator.Jobs.Store;

/// <summary>The store of jobs cannot be used: a folder without permission, a full disk, a database of another version.</summary>
public sealed class JobStoreException(string message, Exception? inner = null) : IOException(message, inner);
