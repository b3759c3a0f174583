using System.Text.Json;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Jobs.Evaluation.Arms;

/// <summary>What finished arms took, one file each, until the evaluation that they belong to is done.</summary>
sealed class ArmReports(string folder)
{
    static readonly JsonSerializerOptions Format = new() { RespectRequiredConstructorParameters = true };

    /// <returns>Null when the arm has not finished, or its file was torn.</returns>
    public ArmReport? Read(string job)
    {
        try
        {
            return File.Exists(PathOf(job)) ? JsonSerializer.Deserialize<ArmReport>(File.ReadAllText(PathOf(job)), Format) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Write(string job, ArmReport report)
    {
        Directory.CreateDirectory(Path.Combine(folder, "eval"));
        File.WriteAllText(PathOf(job), JsonSerializer.Serialize(report, Format));
    }

    public void Forget(string job)
    {
        if (File.Exists(PathOf(job)))
            File.Delete(PathOf(job));
    }

    string PathOf(string job) => Path.Combine(folder, "eval", $"{job}.json");
}

/// <param name="Took">Of an arm that went on after an interruption, only its last part.</param>
/// <param name="Resumed">Whether it went on.</param>
sealed record ArmReport(JobReport Took, bool Resumed);
