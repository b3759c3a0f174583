namespace Orchestrator.Bench.Scheduling;

/// <summary>How long the scheduler takes to decide when much waits.</summary>
static class DecisionTimes
{
    const double TargetMicroseconds = 1000;
    const int WarmUp = 2000;

    public static string ToMarkdown(int experts, int queued, int events, int seed, TimeProvider time)
    {
        var traffic = new SchedulerTraffic(experts, queued, seed);
        traffic.Run(WarmUp, time);
        var collections = GC.CollectionCount(0);
        var samples = traffic.Run(events, time);
        collections = GC.CollectionCount(0) - collections;
        // The first queue is filled at once and comes of age at once: another regime of the planner.
        var overdue = SchedulerFleet.Options.MaxWait;
        var table = Report.Table(
            ["event + decision", "count", "p50 µs", "p99 µs", "max µs", "p50 µs CPU", "p99 µs CPU", "max µs CPU", "bytes per step"],
            samples.GroupBy(s => s.Kind, StringComparer.Ordinal).OrderByDescending(g => g.Count())
                .Select(g => Row(g.Key, [.. g]))
                .Append(Row("before anything is overdue", [.. samples.Where(s => s.At < overdue)]))
                .Append(Row("much is overdue", [.. samples.Where(s => s.At >= overdue)]))
                .Append(Row("all", samples)));
        var p99 = Quantile(Sorted(samples), 0.99);
        var p99Cpu = Quantile([.. samples.Select(s => s.CpuMicroseconds).Order()], 0.99);
        return $"""
            ## Decision time

            {experts:N0} experts, {queued:N0} queued requests held by arrivals, room for one expert in twenty;
            {events:N0} events over {traffic.Now.TotalSeconds:0} simulated seconds, {collections} collections meanwhile.
            Target: p99 ≤ {TargetMicroseconds:N0} µs: {Verdict(p99)} by the wall clock, {Verdict(p99Cpu)} by the thread's own processor
            time (CPU), which leaves out what other programs took of a busy machine.

            {table}
            """;
    }

    static string Verdict(double microseconds) => microseconds <= TargetMicroseconds ? "met" : "missed";

    static string[] Row(string name, IReadOnlyList<DecisionSample> samples)
    {
        if (samples.Count == 0)
            return [name, "0", "–", "–", "–", "–", "–", "–", "–"];
        var sorted = Sorted(samples);
        double[] cpu = [.. samples.Select(s => s.CpuMicroseconds).Order()];
        return
        [
            name, $"{samples.Count}", $"{Quantile(sorted, 0.5):0}", $"{Quantile(sorted, 0.99):0}", $"{sorted[^1]:0}",
            $"{Quantile(cpu, 0.5):0}", $"{Quantile(cpu, 0.99):0}", $"{cpu[^1]:0}",
            $"{samples.Average(s => s.StepBytes):0}",
        ];
    }

    static double[] Sorted(IReadOnlyList<DecisionSample> samples) => [.. samples.Select(s => s.Microseconds).Order()];

    static double Quantile(double[] sorted, double share) => sorted[(int)((sorted.Length - 1) * share)];
}
