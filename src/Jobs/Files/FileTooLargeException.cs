namespace Orchestrator.Jobs.Files;

/// <summary>A file has more bytes than <c>jobs.max_file_bytes</c>; nothing of it is kept.</summary>
public sealed class FileTooLargeException(long limit)
    : Exception($"The file is larger than {limit} bytes (jobs.max_file_bytes).")
{
    public long Limit { get; } = limit;
}
