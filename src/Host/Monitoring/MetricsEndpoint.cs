using Orchestrator.Host.Composition;
using Prometheus;

namespace Orchestrator.Host.Monitoring;

/// <summary><c>GET /metrics</c>: Prometheus text format 0.0.4.</summary>
sealed class MetricsEndpoint(ServiceState state, JobsState jobs, RequestMetrics requests, FeedbackMetrics feedback)
{
    const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public async Task HandleAsync(HttpContext context)
    {
        context.Response.ContentType = ContentType;
        await Snapshot().CollectAndExportAsTextAsync(context.Response.Body, context.RequestAborted);
        await requests.WriteAsync(context.Response.Body, context.RequestAborted);
        await feedback.WriteAsync(context.Response.Body, context.RequestAborted);
    }

    /// <summary>Made anew for every scrape: an expert that a reload took away leaves no series, a replaced one starts at 0.</summary>
    CollectorRegistry Snapshot()
    {
        var registry = new CollectorRegistry();
        var make = Metrics.WithCustomRegistry(registry);
        var pool = state.Current?.Pool;
        PoolMetrics.FillHealth(make, pool?.Health);
        if (pool is not null) PoolMetrics.Fill(make, pool.Measure());
        JobMetrics.Fill(make, jobs.Current);
        return registry;
    }
}
