using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Strategies;

/// <summary>Ranks experts for a question: a pure function of it, of the profile it was built on, and of who is there.</summary>
interface IRoutingStrategy
{
    /// <param name="experts">Profiled experts that are available now, at least one.</param>
    Ranking Rank(ProfiledQuestion question, IReadOnlySet<string> experts);

    /// <summary>The questions of a batch together, for a strategy whose choice for one depends on the others.</summary>
    /// <returns>In the order of the questions.</returns>
    IReadOnlyList<Ranking> RankAll(IReadOnlyList<ProfiledQuestion> questions, IReadOnlySet<string> experts) =>
        [.. questions.Select(question => Rank(question, experts))];

    /// <summary>Whether it looks at what a tagger says of a question.</summary>
    bool WantsTags => false;

    /// <summary>Makes what the first ranking would otherwise wait for, which may take seconds.</summary>
    void Warm()
    {
    }
}

/// <summary>What a strategy makes of a question; the plan adds who cannot be judged.</summary>
/// <param name="Ranked">Every given expert, best first; ties by expert id.</param>
/// <param name="Confidence">Probability in 0…1 that the primary, the first recruited one of the ranking, answers right.</param>
/// <param name="Reasons">Sentences; the first is the decisive one.</param>
sealed record Ranking(IReadOnlyList<RankedExpert> Ranked, double Confidence, IReadOnlyList<string> Reasons)
{
    /// <summary>
    /// Whom a strategy recruits that goes not by its ranking alone, in the order drawn and perhaps repeatedly; null is the
    /// first of the ranking.
    /// </summary>
    public IReadOnlyList<string>? Panel { get; init; }

    /// <summary>Best first; equal scores by expert id, so that the same question always gets the same plan.</summary>
    public static IReadOnlyList<RankedExpert> Order(IEnumerable<RankedExpert> experts) =>
        [.. experts.OrderByDescending(expert => expert.Score).ThenBy(expert => expert.Expert, StringComparer.Ordinal)];
}
