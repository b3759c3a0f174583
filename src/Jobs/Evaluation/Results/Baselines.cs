using Orchestrator.Jobs.Evaluation.Arms;
using Orchestrator.Jobs.Evaluation.Statistics;

namespace Orchestrator.Jobs.Evaluation.Results;

/// <summary>What a policy is compared with on one question, from the answers of the experts to it.</summary>
static class Baselines
{
    /// <param name="answers">By expert, at least one; all to the same question.</param>
    public static IEnumerable<KeyValuePair<string, double?>> Of(
        IReadOnlyDictionary<string, GradedAnswer> answers, string bestSingle, string? generalist)
    {
        double[] scores = [.. answers.Values.Select(answer => answer.Score).OfType<double>()];
        yield return new(Columns.BestSingle, answers[bestSingle].Score);
        yield return new(Columns.Random, scores.Length > 0 ? scores.Average() : null);
        if (generalist is not null)
            yield return new(Columns.Generalist, answers[generalist].Score);
        yield return new(Columns.Oracle, scores.Length > 0 ? scores.Max() : null);
        yield return new(Columns.Vote, MajorityVote.Score(answers.Values.Select(answer => answer.Ballot)));
    }
}
