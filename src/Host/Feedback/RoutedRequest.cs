namespace Orchestrator.Host.Feedback;

/// <summary>An answered request that feedback can name.</summary>
/// <param name="Id">Of the chat completion.</param>
/// <param name="Answered">Experts that answered, in the panel's order.</param>
/// <param name="Speaker">Whose words the answer is: one of <paramref name="Answered"/>; null where an aggregator wrote its own.</param>
sealed record RoutedRequest(
    string Id, string Question, string Policy, IReadOnlyList<string> Answered, string? Speaker, DateTimeOffset At);
