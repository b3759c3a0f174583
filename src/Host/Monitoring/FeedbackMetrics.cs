using Prometheus;

namespace Orchestrator.Host.Monitoring;

/// <summary>What became of feedback.</summary>
sealed class FeedbackMetrics
{
    readonly CollectorRegistry _registry = new();
    readonly Counter _verdicts;

    public FeedbackMetrics()
    {
        _verdicts = Metrics.WithCustomRegistry(_registry).CreateCounter(
            "orchestrator_feedback_total",
            "Verdicts on answers: accepted, replaced (accepted in the place of an earlier one), unknown request, limited, invalid, failed.",
            ["result"]);
        foreach (var result in (string[])["accepted", "replaced", "unknown", "limited", "invalid", "failed"])
            _verdicts.WithLabels(result);
    }

    public void Accepted(bool replaced) => _verdicts.WithLabels(replaced ? "replaced" : "accepted").Inc();

    /// <param name="status">HTTP status of the refusal.</param>
    public void Refused(int status) => _verdicts.WithLabels(status switch
    {
        StatusCodes.Status404NotFound => "unknown",
        StatusCodes.Status429TooManyRequests => "limited",
        < StatusCodes.Status500InternalServerError => "invalid",
        _ => "failed",
    }).Inc();

    public Task WriteAsync(Stream output, CancellationToken cancellationToken) =>
        _registry.CollectAndExportAsTextAsync(output, cancellationToken);
}
