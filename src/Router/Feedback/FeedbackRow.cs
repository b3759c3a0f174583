namespace Orchestrator.Router.Feedback;

/// <summary>What one client says of the answers to one request.</summary>
/// <param name="Request">Id of the request. One client has one verdict on it: a later one takes its place.</param>
/// <param name="Client">Who says it, as far as that can be told.</param>
/// <param name="Question">The last message of the user.</param>
/// <param name="Scores">0 (wrong) … 1 (right) by expert; of at least one.</param>
public sealed record FeedbackRow(
    string Request, string Client, string Question, IReadOnlyDictionary<string, double> Scores, DateTimeOffset At);
