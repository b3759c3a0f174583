using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Router.Skills.Tagging;

/// <summary>What the tagger makes of one question.</summary>
/// <param name="Tagger">Id of the expert that was asked.</param>
/// <param name="Phrases">Those that recur in its answers, the most frequent first; none when it failed or nothing recurs.</param>
/// <param name="Answers">Answers that it gave; fewer than it was asked for when some failed.</param>
/// <param name="Usage">Tokens of all answers together.</param>
public sealed record TaggedQuestion(string Tagger, IReadOnlyList<string> Phrases, int Answers, TokenUsage Usage)
{
    /// <summary>Why there is no phrase, as a sentence; null when there is one.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether it could not be asked, rather than that its answers had nothing in common.</summary>
    public bool Failed => Answers == 0;
}
