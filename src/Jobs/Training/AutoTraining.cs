using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Evaluation.Statistics;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing.Automatic;
using Orchestrator.Router.Routing.Trials;

namespace Orchestrator.Jobs.Training;

/// <summary>
/// Chooses a strategy by its score on profiled questions that were held out of its fit, fold by fold. Nothing else is looked at,
/// above all no question of a test.
/// </summary>
public sealed class AutoTraining(OutcomeTable outcomes, QuestionSpace space, BootstrapOptions bootstrap)
{
    /// <summary>Fits all strategies that it combines, several times.</summary>
    const string Slow = "stacked";

    /// <param name="candidates">The first of equals is chosen.</param>
    /// <param name="progress">Gets each candidate before it is fitted.</param>
    /// <exception cref="EvalException">None could be fitted.</exception>
    public AutoChoice Choose(IReadOnlyList<PolicyConfig> candidates, DateOnly date, Action<string>? progress = null)
    {
        var trial = new RouterTrial(outcomes, space);
        List<(PolicyConfig Policy, double[] Scores, double Mean)> judged = [];
        List<AutoOmission> notRun = [];
        foreach (PolicyConfig candidate in candidates)
        {
            progress?.Invoke(candidate.Strategy);
            List<string> problems = [];
            if (trial.Fit(candidate, problems) is { } fitted)
            {
                double[] scores = [.. fitted.ExpectHeldOut().Select((expected, row) => Score(row, expected.Choice))];
                if (scores.Any(double.IsFinite))
                    judged.Add((candidate, scores, scores.Where(double.IsFinite).Average()));
            }
            notRun.AddRange(problems.Select(problem =>
                new AutoOmission(candidate.Strategy, problem.Replace(" (line 0)", "", StringComparison.Ordinal))));
        }
        if (judged.Count == 0)
            throw new EvalException(string.Join('\n', ["No strategy could be fitted.", .. notRun.Select(omitted => omitted.Reason)]));
        var best = judged.MaxBy(each => each.Mean);
        AutoCandidate[] ranked = [.. judged.OrderByDescending(each => each.Mean).Select(each => Against(best.Scores, each))];
        AutoCandidate chosen = Chosen(ranked);
        return new AutoChoice
        {
            Strategy = chosen.Strategy,
            Options = chosen.Options,
            HeldOut = chosen.HeldOut,
            Table = OutcomeHash.Of(outcomes),
            Questions = outcomes.Rows.Count,
            Date = date,
            Candidates = ranked,
            NotRun = notRun,
        };
    }

    /// <summary>
    /// The best, unless that is the slow one: every start of the service fits the choice, so stacking must be better than all
    /// others beyond chance.
    /// </summary>
    internal static AutoCandidate Chosen(IReadOnlyList<AutoCandidate> ranked) => ranked[0].Strategy != Slow ? ranked[0]
        : ranked.FirstOrDefault(candidate => candidate.Strategy != Slow && candidate.Low <= 0) ?? ranked[0];

    /// <summary>Not a number where the chosen expert was not asked.</summary>
    double Score(int row, int column) => column < 0 ? double.NaN : outcomes.Rows[row].Outcomes[column]?.Score ?? double.NaN;

    AutoCandidate Against(double[] best, (PolicyConfig Policy, double[] Scores, double Mean) candidate)
    {
        int[] both = [.. Enumerable.Range(0, best.Length).Where(row => double.IsFinite(best[row]) && double.IsFinite(candidate.Scores[row]))];
        Estimate behind = both.Length == 0
            ? new Estimate(double.NaN, new Interval(-1, 1))
            : new Bootstrap([[.. both.Select(row => best[row])], [.. both.Select(row => candidate.Scores[row])]], bootstrap).Difference(0, 1);
        return new AutoCandidate(
            candidate.Policy.Strategy, candidate.Policy.Options, Rounded(candidate.Mean),
            Rounded(both.Length == 0 ? 0 : behind.Value), Rounded(behind.Range.Low), Rounded(behind.Range.High));
    }

    static double Rounded(double value) => Math.Round(value, 5);
}
