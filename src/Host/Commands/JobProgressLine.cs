using System.Globalization;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Host.Commands;

/// <summary>One line, rewritten in place on a terminal; elsewhere a new one for each stage and for each tenth of the job.</summary>
sealed class JobProgressLine(TextWriter writer, bool rewrites) : IProgress<JobProgress>
{
    const int BarWidth = 24;

    int _width;
    (JobStage Stage, int Tenth)? _told;

    public void Report(JobProgress value)
    {
        var step = (value.Stage, Tenth: value.Items == 0 ? 0 : 10 * Ended(value) / value.Items);
        if (!rewrites && step == _told) return;
        _told = step;
        var text = Describe(value);
        writer.Write(rewrites ? "\r" + text.PadRight(_width) : text + Environment.NewLine);
        _width = text.Length;
    }

    /// <summary>Leaves the line as it is and goes to the next.</summary>
    public void End()
    {
        if (rewrites && _width > 0) writer.WriteLine();
    }

    static string Describe(JobProgress now)
    {
        var filled = now.Items == 0 ? 0 : BarWidth * Ended(now) / now.Items;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"[{new string('#', filled)}{new string('.', BarWidth - filled)}] {now.Stage.ToString().ToLowerInvariant(),-5} "
            + $"{Ended(now)}/{now.Items} items, {now.ItemsFailed} failed, {now.ExpertsDone}/{now.Experts} experts, {now.Loads} loads{Left(now)}");
    }

    static string Left(JobProgress now) => now.Remaining is { } left
        ? $", {Math.Floor(left.TotalHours):00}:{left.Minutes:00}:{left.Seconds:00} left"
        : "";

    static int Ended(JobProgress now) => now.ItemsDone + now.ItemsFailed;
}
