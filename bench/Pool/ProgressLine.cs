using Orchestrator.Jobs.Profiling;

namespace Orchestrator.Bench.Pool;

/// <summary>One line for every expert that is done.</summary>
sealed class ProgressLine(TextWriter writer) : IProgress<ProfileProgress>
{
    public void Report(ProfileProgress value)
    {
        if (value.Asked < value.Questions)
            return;
        string what = value.Questions == 0 ? "measured before" : $"{value.Score:0} of {value.Questions} right";
        writer.WriteLine($"[{value.Place}/{value.Experts}] {value.Expert}: {what}");
    }
}
