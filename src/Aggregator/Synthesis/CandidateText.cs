using Orchestrator.Aggregator.Answers;

namespace Orchestrator.Aggregator.Synthesis;

/// <summary>What the expert that merges gets to see of a member's answer.</summary>
static class CandidateText
{
    /// <returns>What was said after thinking, its last characters where it is longer than that.</returns>
    public static string Cut(string answer, int length)
    {
        string spoken = FinalAnswer.Spoken(answer);
        if (spoken.Length <= length)
            return spoken;
        int start = spoken.Length - length;
        // Half a surrogate pair is no character.
        return spoken[(char.IsLowSurrogate(spoken[start]) ? start + 1 : start)..];
    }
}
