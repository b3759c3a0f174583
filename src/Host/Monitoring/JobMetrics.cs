using Orchestrator.Jobs.Batches;
using Orchestrator.Jobs.Store;
using Prometheus;

namespace Orchestrator.Host.Monitoring;

/// <summary>The metrics of batches, from the store.</summary>
static class JobMetrics
{
    /// <param name="batches">Null while nothing used them.</param>
    public static void Fill(MetricFactory make, BatchService? batches)
    {
        var counts = batches?.CountByState() ?? new Dictionary<JobState, int>();
        var states = make.CreateGauge("orchestrator_batches", "Stored batches by state.", ["state"]);
        foreach (var state in Enum.GetValues<JobState>()) states.WithLabels(state.Word()).Set(counts.GetValueOrDefault(state));
        make.CreateGauge("orchestrator_batch_open_requests", "Requests of the batches that run here, without an answer yet.")
            .Set(batches?.Running.Values.Sum(now => now.Items - now.ItemsDone - now.ItemsFailed) ?? 0);
        make.CreateGauge("orchestrator_batches_paused", "1 while a batch waits for the disk or the message broker to be back.")
            .Set(batches is { IsPaused: true } ? 1 : 0);
    }
}
