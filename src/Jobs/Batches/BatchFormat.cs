using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Store;

namespace Orchestrator.Jobs.Batches;

/// <summary>What the lines of input and output files look like; who speaks OpenAI's language knows.</summary>
/// <param name="Read">
/// One line of an input file, whose key is its custom_id. Throws <see cref="BatchLineException"/> for one that cannot be run.
/// </param>
/// <param name="Write">The line of an item that has ended: of the output file, or of the error file when it failed.</param>
/// <param name="WriteOpen">The line of the error file for an item without an end, by its key.</param>
public sealed record BatchFormat(
    Func<ReadOnlyMemory<byte>, JobItem> Read,
    Func<JobRecord, JobAnswer, string> Write,
    Func<JobRecord, string, string> WriteOpen);

/// <summary>A line that cannot be run.</summary>
/// <param name="code">As OpenAI has it, such as <c>invalid_json_line</c>.</param>
public sealed class BatchLineException(string code, string message, string? param = null) : Exception(message)
{
    public string Code { get; } = code;

    public string? Param { get; } = param;
}
