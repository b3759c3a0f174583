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
    public static SelfConsistency AtTokens(IReadOnlyList<SampledAnswers> questions, double tokens)
    {
        int most = Most(questions);
        double before = MeanTokens(questions, 1);
        if (tokens <= before)
            return At(questions, 1, matched: true);
        for (int calls = 2; calls <= most; calls++)
        {
            double now = MeanTokens(questions, calls);
            if (now >= tokens)
                return At(questions, calls - 1 + (tokens - before) / (now - before), matched: true);
            before = now;
        }
        return At(questions, most, matched: false);
    }

    static SelfConsistency At(IReadOnlyList<SampledAnswers> questions, double calls, bool matched)
    {
        double used = Math.Min(calls, Most(questions));
        int whole = (int)used;
        double share = used - whole;
        double tokens = MeanTokens(questions, whole);
        if (share == 0)
            return new SelfConsistency(used, tokens, matched, [.. questions.Select(question => question.Score(whole))]);
        return new SelfConsistency(
            used, (1 - share) * tokens + share * MeanTokens(questions, whole + 1), matched,
            [.. questions.Select(question => (1 - share) * question.Score(whole) + share * question.Score(whole + 1))]);
    }

    /// <summary>Calls that every question has answers for.</summary>
    static int Most(IReadOnlyList<SampledAnswers> questions) => Math.Max(1, questions.Min(question => question.Samples.Count));

    static double MeanTokens(IReadOnlyList<SampledAnswers> questions, int calls) => questions.Average(question => (double)question.Tokens(calls));
}
