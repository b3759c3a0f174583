using Orchestrator.Experts;
using Orchestrator.Host.Api;
using Prometheus;

namespace Orchestrator.Host.Monitoring;

/// <summary>The metrics of each expert, from its snapshot.</summary>
static class ExpertMetrics
{
    static readonly (string Name, string Help, Func<ExpertSnapshot, double> Value)[] Counters =
    [
        ("loads_total", "Loads that ended well, variants included.", expert => expert.Loads),
        ("failed_loads_total", "Loads that failed.", expert => expert.FailedLoads),
        ("evictions_total", "Times it was unloaded to make room for others.", expert => expert.Evictions),
        ("idle_unloads_total", "Times it was unloaded after idle_unload.", expert => expert.IdleUnloads),
        ("served_requests_total", "Requests that got the model.", expert => expert.Served),
        ("prompt_tokens_total", "Prompt tokens decoded.", expert => expert.PromptTokens),
        ("generated_tokens_total", "Tokens generated.", expert => expert.GeneratedTokens),
    ];

    static readonly (string Name, string Help, Func<ExpertSnapshot, double> Value)[] Gauges =
    [
        ("resident_bytes", "Bytes held on the device now, variants included.",
            expert => expert.ResidentBytes + expert.Variants.Sum(variant => variant.ResidentBytes)),
        ("expected_bytes", "Bytes that loading it takes of its budget.", expert => expert.ExpectedBytes),
        ("waiting_requests", "Requests in its queue.", expert => expert.WaitingRequests),
        ("active_requests", "Requests that it is answering.", expert => expert.ActiveRequests),
        ("oldest_wait_seconds", "Age of the oldest request in its queue; 0 when none waits.",
            expert => expert.OldestWait.TotalSeconds),
        ("expected_wait_seconds", "How long a request that came now would wait for its first step.",
            expert => expert.ExpectedWait.TotalSeconds),
    ];

    public static void Fill(MetricFactory make, IReadOnlyList<ExpertSnapshot> experts)
    {
        foreach (var (name, help, value) in Counters)
        {
            var counter = make.CreateCounter($"orchestrator_expert_{name}", help, ["expert"]);
            foreach (var expert in experts) counter.WithLabels(expert.Id).IncTo(value(expert));
        }

        foreach (var (name, help, value) in Gauges)
        {
            var gauge = make.CreateGauge($"orchestrator_expert_{name}", help, ["expert"]);
            foreach (var expert in experts) gauge.WithLabels(expert.Id).Set(value(expert));
        }

        FillGroups(make, experts);
        FillStates(make, experts);
    }

    static void FillGroups(MetricFactory make, IReadOnlyList<ExpertSnapshot> experts)
    {
        var groups = make.CreateGauge(
            "orchestrator_expert_group_size",
            "Requests served per load since the start (served_requests / loads): the higher, the less time goes into loading. "
                + "Absent before the first load.",
            ["expert"]);
        foreach (var expert in experts.Where(expert => expert.Loads > 0))
            groups.WithLabels(expert.Id).Set((double)expert.Served / expert.Loads);
    }

    static void FillStates(MetricFactory make, IReadOnlyList<ExpertSnapshot> experts)
    {
        var states = make.CreateGauge(
            "orchestrator_expert_state", "1 for the state that the expert is in, 0 for the others.", ["expert", "state"]);
        foreach (var expert in experts)
            foreach (var state in Enum.GetValues<Residency>())
                states.WithLabels(expert.Id, state.Word()).Set(state == expert.Residency ? 1 : 0);
    }
}
