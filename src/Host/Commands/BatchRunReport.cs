using System.Globalization;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Host.Commands;

/// <summary>What a batch run says at its end.</summary>
static class BatchRunReport
{
    public static string Of(JobReport report, BatchRunFiles files) => string.Join(Environment.NewLine,
    [
        $"{report.Done} of {report.Items} answered, in {files.Output}",
        .. report.Failed == 0 ? [] : new[] { $"{report.Failed} failed, in {files.Errors}" },
        .. report.Stages.Select(Stage),
        string.Create(CultureInfo.InvariantCulture, $"{report.WallTime.TotalSeconds:F1} s, at most {report.PeakBytes / 1048576.0:F0} MiB of models"),
    ]);

    static string Stage(StageReport stage) => string.Create(
        CultureInfo.InvariantCulture,
        $"  {stage.Stage.ToString().ToLowerInvariant(),-5} {stage.Calls} calls, {stage.Usage.PromptTokens} + {stage.Usage.CompletionTokens} tokens, "
        + $"{stage.Loads.Values.Sum()} loads of {stage.Loads.Count} experts, {stage.WallTime.TotalSeconds:F1} s");
}
