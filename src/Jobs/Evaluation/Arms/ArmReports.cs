using System.Text.Json;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Jobs.Evaluation.Arms;

/// <summary>What finished arms took, one file each, until the evaluation that they belong to is done.</summary>
sealed class ArmReports(string folder)
{
    /// <returns>Null when the arm has not finished, or its file was torn.</returns>
    public JobReport? Read(string job)
    {
        try
        {
            return File.Exists(PathOf(job)) ? JsonSerializer.Deserialize<JobReport>(File.ReadAllText(PathOf(job))) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Write(string job, JobReport report)
    {
        Directory.CreateDirectory(Path.Combine(folder, "eval"));
        File.WriteAllText(PathOf(job), JsonSerializer.Serialize(report));
    }

    public void Forget(string job)
    {
        if (File.Exists(PathOf(job)))
            File.Delete(PathOf(job));
    }

    string PathOf(string job) => Path.Combine(folder, "eval", $"{job}.json");
}
