using Orchestrator.Jobs.Profiling;

namespace Orchestrator.Host.Commands;

/// <summary>One line an expert, rewritten in place on a terminal and written once at its end elsewhere.</summary>
/// <param name="done">What is said of an expert that has nothing left to do.</param>
sealed class ProfileProgressLine(TextWriter writer, bool rewrites, string done = "already profiled") : IProgress<ProfileProgress>
{
    public void Report(ProfileProgress value)
    {
        var ended = value.Asked == value.Questions;
        if (!ended && !rewrites) return;
        writer.Write((rewrites ? "\r" : "") + Describe(value) + (ended ? Environment.NewLine : ""));
    }

    string Describe(ProfileProgress now) => now.Questions == 0
        ? $"[{now.Place}/{now.Experts}] {now.Expert,-16} {done}"
        : $"[{now.Place}/{now.Experts}] {now.Expert,-16} {now.Asked,6}/{now.Questions} asked, "
            + $"{100 * now.Score / Math.Max(1, now.Asked),5:F1} % right";
}
