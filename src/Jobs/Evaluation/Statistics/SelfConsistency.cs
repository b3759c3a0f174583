namespace Orchestrator.Jobs.Evaluation.Statistics;

/// <summary>
/// What one expert reaches by voting with itself, given as much as a policy took. As a policy's mean is seldom a whole number
/// of calls, a share of the questions gets one call more: the scores are expected values over which ones.
/// </summary>
/// <param name="Calls">Calls a question, on average.</param>
/// <param name="Tokens">Tokens a question, read and written, on average.</param>
/// <param name="Matched">Whether the samples sufficed for what was to be matched.</param>
/// <param name="Scores">One a question; null where what it says could not be graded.</param>
public sealed record SelfConsistency(double Calls, double Tokens, bool Matched, IReadOnlyList<double?> Scores)
{
    /// <param name="calls">Mean calls a question of the policy; below 1 counts as 1.</param>
    public static SelfConsistency AtCalls(IReadOnlyList<SampledAnswers> questions, double calls) =>
        At(questions, Math.Max(1, calls), matched: calls <= Most(questions));

    /// <summary>Samples are used until their mean tokens are the policy's. One call is the least, whatever it takes.</summary>
    /// <param name="tokens">Mean tokens a question of the policy, read and written.</param>
    public static SelfConsistency AtTokens(IReadOnlyList<SampledAnswers> questions, double tokens) =>
        AtCost(questions, calls => MeanTokens(questions, calls), tokens);

    /// <summary>Samples are used until they have taken as long as the policy.</summary>
    /// <param name="took">Of the samples.</param>
    /// <param name="seconds">Mean wall time a question of the policy.</param>
    public static SelfConsistency AtSeconds(IReadOnlyList<SampledAnswers> questions, SampledSeconds took, double seconds) =>
        AtCost(questions, took.Of, seconds);

    /// <summary>What so many calls take on average, where a share of the questions has one more than the others.</summary>
    /// <param name="calls">At least 1.</param>
    /// <param name="cost">Of a whole number of calls.</param>
    public static double Mean(double calls, Func<int, double> cost)
    {
        int whole = (int)calls;
        double share = calls - whole;
        return share == 0 ? cost(whole) : (1 - share) * cost(whole) + share * cost(whole + 1);
    }

    static SelfConsistency AtCost(IReadOnlyList<SampledAnswers> questions, Func<int, double> cost, double budget)
    {
        int most = Most(questions);
        double before = cost(1);
        if (budget <= before)
            return At(questions, 1, matched: true);
        for (int calls = 2; calls <= most; calls++)
        {
            double now = cost(calls);
            if (now >= budget)
                return At(questions, calls - 1 + (budget - before) / (now - before), matched: true);
            before = now;
        }
        return At(questions, most, matched: false);
    }

    static SelfConsistency At(IReadOnlyList<SampledAnswers> questions, double calls, bool matched)
    {
        double used = Math.Min(calls, Most(questions));
        int whole = (int)used;
        double share = used - whole;
        return new SelfConsistency(
            used, Mean(used, each => MeanTokens(questions, each)), matched,
            [
                .. questions.Select(question => share == 0
                    ? question.Score(whole)
                    : (1 - share) * question.Score(whole) + share * question.Score(whole + 1)),
            ]);
    }

    /// <summary>Calls that every question has answers for.</summary>
    static int Most(IReadOnlyList<SampledAnswers> questions) => Math.Max(1, questions.Min(question => question.Samples.Count));

    static double MeanTokens(IReadOnlyList<SampledAnswers> questions, int calls) => questions.Average(question => (double)question.Tokens(calls));
}
