using Orchestrator.Jobs.Batches;
using Orchestrator.Jobs.Files;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Host.Commands;

/// <summary>Where a batch run reads and writes.</summary>
sealed record BatchRunFiles(string Input, string Output, string Errors)
{
    /// <summary>All that has ended; each file is replaced as a whole. Without failures there is no file of them.</summary>
    public async Task WriteAsync(JobService jobs, string job, BatchFormat format)
    {
        var record = jobs.Find(job)!;
        await ReplaceAsync(Output, Lines(failed: false));
        if (Lines(failed: true).Any()) await ReplaceAsync(Errors, Lines(failed: true));
        else File.Delete(Errors);

        IEnumerable<string> Lines(bool failed) =>
            jobs.Answers(job).Where(answer => answer.Failure is not null == failed).Select(answer => format.Write(record, answer));
    }

    static async Task ReplaceAsync(string path, IEnumerable<string> lines)
    {
        var part = $"{path}.part";
        await using (var file = File.Create(part)) await JobFiles.WriteLinesAsync(file, lines);
        File.Move(part, path, overwrite: true);
    }
}
