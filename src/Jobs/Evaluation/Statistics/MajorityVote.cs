namespace Orchestrator.Jobs.Evaluation.Statistics;

/// <summary>One vote.</summary>
/// <param name="Gist">What it says; votes that say the same are equal. Null abstains.</param>
/// <param name="Score">What the answer behind it scored, 0…1; null when it could not be graded, which is no reason not to vote.</param>
public sealed record Ballot(string? Gist, double? Score);

/// <summary>What the answer scores that most votes give.</summary>
public static class MajorityVote
{
    /// <summary>
    /// The expected score where ties are broken at random: the order of the experts must not decide. Answers that say the
    /// same but were graded differently, as a judge may, count with their mean.
    /// </summary>
    /// <returns>0 when nobody votes; null when an answer that wins or ties could not be graded.</returns>
    public static double? Score(IEnumerable<Ballot> ballots)
    {
        var said = ballots.Where(ballot => ballot.Gist is not null)
            .GroupBy(ballot => ballot.Gist, StringComparer.Ordinal)
            .Select(group => (votes: group.Count(), score: group.Average(ballot => ballot.Score)))
            .ToArray();
        if (said.Length == 0)
            return 0;
        int most = said.Max(group => group.votes);
        double?[] winners = [.. said.Where(group => group.votes == most).Select(group => group.score)];
        return winners.Contains(null) ? null : winners.Average();
    }
}
