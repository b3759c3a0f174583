using Orchestrator.Retrieval.Lexical;

namespace Orchestrator.Retrieval.Answers;

/// <summary>How much of a question a passage says in the same words.</summary>
static class WordOverlap
{
    /// <returns>Share of the question's different terms that the passage has, 0…1; 0 for a question without any.</returns>
    public static double Of(string question, string passage)
    {
        var asked = TextTerms.Of(question).ToHashSet(StringComparer.Ordinal);
        return asked.Count == 0 ? 0 : asked.Count(TextTerms.Of(passage).ToHashSet(StringComparer.Ordinal).Contains) / (double)asked.Count;
    }
}
