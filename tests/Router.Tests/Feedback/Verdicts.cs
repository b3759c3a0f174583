using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Feedback;

namespace Orchestrator.Router.Tests.Feedback;

/// <summary>Verdicts of clients, each on a request of its own.</summary>
static class Verdicts
{
    public static DateTimeOffset Now { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static FeedbackRow Of(string client, string question, string expert, double score, string? request = null) =>
        new(request ?? $"{client} {question} {expert}", client, question, new Dictionary<string, double> { [expert] = score }, Now);

    public static FeedbackEvidence Evidence(IEnumerable<FeedbackRow> rows, double share = 0.1) =>
        FeedbackEvidence.Of(rows, new FeedbackConfig { MaxShare = (float)share }, Now);
}
