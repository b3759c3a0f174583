using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Jobs.Profiling;

/// <summary>What tagging a question set ended with.</summary>
/// <param name="Questions">All of them in their order, the skills being those given and those found.</param>
/// <param name="Kept">Questions that an earlier run had tagged.</param>
/// <param name="Tagged">What the tagger said of the others.</param>
public sealed record TagReport(IReadOnlyList<ProfileQuestion> Questions, int Kept, IReadOnlyList<TaggedQuestion> Tagged)
{
    public TokenUsage Usage => new(
        Tagged.Sum(question => question.Usage.PromptTokens), Tagged.Sum(question => question.Usage.CompletionTokens));

    /// <summary>Questions that the tagger could not be asked about.</summary>
    public int Failed => Tagged.Count(question => question.Failed);

    /// <summary>Questions about which its answers had nothing in common.</summary>
    public int Without => Tagged.Count(question => question is { Failed: false, Problem: not null });

    /// <summary>Why the first of those that failed did; null when none did.</summary>
    public string? Problem => Tagged.FirstOrDefault(question => question.Failed)?.Problem;
}
