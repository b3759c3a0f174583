using System.Globalization;
using Orchestrator.Router.Coverage;
using Prometheus;

namespace Orchestrator.Host.Monitoring;

/// <summary>What only the host can time. The rest of <c>/metrics</c> is read from the experts when it is asked for.</summary>
sealed class RequestMetrics
{
    static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];

    readonly CollectorRegistry _registry = new();
    readonly Histogram _durations;
    readonly Histogram _firstTokens;
    readonly Counter _verdicts;
    readonly Counter _overconfident;

    public RequestMetrics()
    {
        var make = Metrics.WithCustomRegistry(_registry);
        var buckets = new HistogramConfiguration { Buckets = Seconds };
        _durations = make.CreateHistogram(
            "orchestrator_request_duration_seconds",
            "From a request's arrival to the last byte of its reply; status 499 is a client that went away.", ["route", "status"], buckets);
        _firstTokens = make.CreateHistogram(
            "orchestrator_time_to_first_token_seconds",
            "From a parsed chat request to the first chunk of its answer: routing, queue, load and prompt.", ["policy"], buckets);
        _verdicts = make.CreateCounter(
            "orchestrator_router_verdicts_total", "Routed requests by whether what was profiled supports the choice.", ["verdict"]);
        _overconfident = make.CreateCounter(
            "orchestrator_router_overconfident_total",
            "Routed requests that a strategy was sure of (0.8 or more) although nothing like them was profiled.");
        // A rate over a series that only begins with its first case misses that case.
        foreach (var verdict in Enum.GetValues<CoverageVerdict>()) _verdicts.WithLabels(CoverageWords.Of(verdict));
    }

    /// <param name="route">The pattern and not the path, so that no client can make new series.</param>
    public void Served(string route, int status, TimeSpan took) =>
        _durations.WithLabels(route, status.ToString(CultureInfo.InvariantCulture)).Observe(took.TotalSeconds);

    public void FirstToken(string policy, TimeSpan took) => _firstTokens.WithLabels(policy).Observe(took.TotalSeconds);

    public void Routed(RouteCoverage coverage)
    {
        _verdicts.WithLabels(CoverageWords.Of(coverage.Verdict)).Inc();
        if (coverage.IsOverconfident) _overconfident.Inc();
    }

    public Task WriteAsync(Stream output, CancellationToken cancellationToken) =>
        _registry.CollectAndExportAsTextAsync(output, cancellationToken);
}
