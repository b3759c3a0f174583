namespace Orchestrator.Jobs.Evaluation.Statistics;

/// <summary>The answers of one expert to one question: the greedy one and the sampled ones.</summary>
/// <param name="Greedy">What it says without chance; with one call there is nothing to vote on, so this is the answer.</param>
/// <param name="Samples">Drawn at a temperature, in their order.</param>
public sealed record SampledAnswers(SampledAnswer Greedy, IReadOnlyList<SampledAnswer> Samples)
{
    /// <summary>Score of the vote over the first samples.</summary>
    /// <param name="calls">At least 1; 1 is the greedy answer.</param>
    public double? Score(int calls) => calls == 1 ? Greedy.Ballot.Score : MajorityVote.Score(Samples.Take(calls).Select(sample => sample.Ballot));

    /// <summary>Tokens of as many calls.</summary>
    public long Tokens(int calls) => calls == 1 ? Greedy.Tokens : Samples.Take(calls).Sum(sample => sample.Tokens);
}

/// <param name="Tokens">Read and written.</param>
public sealed record SampledAnswer(Ballot Ballot, long Tokens);
