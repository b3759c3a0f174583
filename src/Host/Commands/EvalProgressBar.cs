using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Host.Commands;

/// <summary>One line an arm, rewritten in place on a terminal and written once at its end elsewhere.</summary>
sealed class EvalProgressBar(TextWriter writer, bool rewrites) : IProgress<EvalProgress>
{
    const int Width = 20;

    EvalProgress? _last;
    int _written;

    public void Report(EvalProgress value)
    {
        if (_last is { } last && last.Place != value.Place) End(last);
        _last = value;
        if (!rewrites) return;
        // Spaces cover what a longer line left there.
        var line = Describe(value);
        writer.Write($"\r{line.PadRight(_written)}");
        _written = line.Length;
    }

    /// <summary>Ends the line of the last arm.</summary>
    public void End()
    {
        if (_last is { } last) End(last);
        _last = null;
    }

    public static string Describe(EvalProgress now)
    {
        var job = now.Job;
        var done = job.ItemsDone + job.ItemsFailed;
        var filled = job.Items > 0 ? (int)((long)Width * done / job.Items) : 0;
        return $"[{now.Place}/{now.Arms}] {now.Arm,-16} [{new string('#', filled)}{new string('-', Width - filled)}] {done,5}/{job.Items} items, "
            + $"{(done < job.Items ? StageOf(job) : "")}{job.Loads} loads"
            + (job.ItemsFailed > 0 ? $", {job.ItemsFailed} failed" : "")
            + (job.Remaining is { } left && done < job.Items ? $", {Rounded(left)} left" : "");
    }

    void End(EvalProgress last)
    {
        if (!rewrites) writer.Write(Describe(last));
        writer.WriteLine();
        _written = 0;
    }

    static string StageOf(JobProgress job) => job.Stage switch
    {
        JobStage.Tag => "finding skills, ",
        JobStage.Route => "routing, ",
        JobStage.Ask => $"{job.ExpertsDone}/{job.Experts} experts asked, ",
        _ => $"{job.ExpertsDone}/{job.Experts} experts merging, ",
    };

    static string Rounded(TimeSpan left) => left.TotalSeconds < 60 ? $"{Math.Ceiling(left.TotalSeconds):0} s" : $"{Math.Ceiling(left.TotalMinutes):0} min";
}
