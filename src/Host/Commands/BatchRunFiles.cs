using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Batches;
using Orchestrator.Jobs.Files;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Host.Commands;

/// <summary>Where a batch run reads and writes.</summary>
sealed record BatchRunFiles(string Input, string Output, string Errors)
{
    /// <summary>Found before anything runs: a run of hours must not end without a place for its answers, nor on top of its requests.</summary>
    /// <exception cref="ConfigException">Two of the files are one, or one cannot be written.</exception>
    public void Check()
    {
        string[] wrong = [.. Unwritable("--out", Output), .. Unwritable("--errors", Errors)];
        if (wrong.Length == 0) wrong = [.. Shared()];
        if (wrong.Length > 0) throw new ConfigException(wrong);
    }

    /// <summary>All that has ended; each file is replaced as a whole. Without failures no file of them is written.</summary>
    /// <returns>What to tell of a file of failures that an earlier run left; null when there is nothing.</returns>
    public async Task<string?> WriteAsync(JobService jobs, string job, BatchFormat format)
    {
        var record = jobs.Find(job)!;
        await ReplaceAsync(Output, Lines(failed: false));
        if (Lines(failed: true).Any()) await ReplaceAsync(Errors, Lines(failed: true));
        else if (File.Exists(Errors)) return $"{Errors} is not of this run, which has no failures; it was left as it is.";
        return null;

        IEnumerable<string> Lines(bool failed) =>
            jobs.Answers(job).Where(answer => answer.Failure is not null == failed).Select(answer => format.Write(record, answer));
    }

    IEnumerable<string> Shared()
    {
        string input = Real(Input), output = Real(Output), errors = Real(Errors);
        if (output == input) yield return $"--out is '{Output}', which is the file of the requests.";
        if (errors == input) yield return $"--errors is '{Errors}', which is the file of the requests.";
        if (output == errors) yield return $"--out and --errors are both '{Output}', each needs a file of its own.";
    }

    static IEnumerable<string> Unwritable(string option, string path)
    {
        if (path.Length == 0) return [$"{option} is empty, give the path of a file."];
        if (Directory.Exists(path)) return [$"{option} is '{path}', which is a folder."];
        try
        {
            using var trial = new FileStream(Part(path), new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Options = FileOptions.DeleteOnClose,
            });
            return [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [$"{option} is '{path}', which cannot be written: {failure.Message}"];
        }
    }

    /// <summary>Without links, of folders neither.</summary>
    internal static string Real(string path)
    {
        var full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is not { } folder) return full;
        var here = Path.Combine(Real(folder), Path.GetFileName(full));
        return Path.Exists(here) ? new FileInfo(here).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? here : here;
    }

    static async Task ReplaceAsync(string path, IEnumerable<string> lines)
    {
        var part = Part(path);
        try
        {
            await using (var file = File.Create(part)) await JobFiles.WriteLinesAsync(file, lines);
            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Beside its place, under a name that no other file has.</summary>
    static string Part(string path) => $"{path}.{Guid.NewGuid():N}.part";
}
