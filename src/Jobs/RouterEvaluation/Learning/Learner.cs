using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing.Trials;

namespace Orchestrator.Jobs.RouterEvaluation.Learning;

/// <summary>
/// Trains contenders and asks them about test questions. It is given the training outcomes and the texts to test with, and
/// nothing else: no label and no outcome of a test question.
/// </summary>
public sealed class Learner(RouterEvaluationOptions options, Func<IReadOnlyList<string>, QuestionSpace> space, TimeProvider time)
{
    /// <param name="training">Its categories are what strategies may learn from.</param>
    /// <param name="progress">Gets the name of each contender before it is fitted.</param>
    public Learned Learn(OutcomeTable training, IReadOnlyList<string> questions, IReadOnlyList<Contender> contenders, Action<string>? progress = null)
    {
        string[] texts = [.. training.Rows.Select(row => row.Question)];
        var trial = new RouterTrial(training, space(texts));
        TrialQuestion[] placed = [.. questions.Select(trial.Place)];
        int count = Math.Min(options.Timed, questions.Count);
        int[] timed = [.. Enumerable.Range(0, count).Select(at => (int)((long)at * questions.Count / count))];
        Prices? prices = Prices.Of(training);
        int best = BestColumn(training, training.Rows);
        var run = new List<Choices>();
        var left = new List<NotRun>();
        foreach (Contender contender in contenders)
        {
            progress?.Invoke(contender.Name);
            var problems = new List<string>();
            Fit? chosen = null;
            foreach (PolicyConfig candidate in contender.Candidates)
            {
                if (Fit(trial, training, candidate, problems) is { } fit && (chosen is null || fit.Score > chosen.Score))
                    chosen = fit;
            }
            if (chosen is not null)
                run.Add(Ask(contender.Name, chosen));
            left.AddRange(problems.Distinct().Select(problem => new NotRun(contender.Name, WithoutLine(problem))));
        }
        string? auto = run.OrderByDescending(choices => choices.HeldOut).FirstOrDefault()?.Name;
        return new Learned(best, Told(training), run, left, auto, prices, [.. timed.Select(at => Time(() => trial.Place(questions[at])))]);

        Choices Ask(string name, Fit fit)
        {
            Expectation[] expected = [.. placed.Select(fit.Fitted.Expect)];
            // Those above know their neighbours by now.
            TrialQuestion[] fresh = [.. timed.Select(at => trial.Place(questions[at]))];
            return new Choices(
                name, string.Join(", ", fit.Policy.Options.Select(option => $"{option.Key}: {option.Value}")), fit.Score,
                [.. expected.Select(each => each.Choice)], [.. expected.Select(each => each.Confidence)], Priced(expected, questions),
                prices is null ? null : ThriftChoice.Of(new HeldOutOutcomes(training), Priced(fit.HeldOut, texts), best, options),
                fit.Effort with { Decisions = [.. fresh.Select(question => Time(() => fit.Fitted.Decide(question)))] });
        }

        int[][] Priced(IReadOnlyList<Expectation> expected, IReadOnlyList<string> asked) => prices is null
            ? []
            : [.. prices.Rates.Select((_, rate) =>
                expected.Select((each, at) => prices.Choose(each.Scores, asked[at].Length, rate)).ToArray())];
    }

    /// <summary>No file has the line of a policy that was made here.</summary>
    internal static string WithoutLine(string problem) => problem.Replace(" (line 0)", "", StringComparison.Ordinal);

    Fit? Fit(RouterTrial trial, OutcomeTable training, PolicyConfig policy, List<string> problems)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long start = time.GetTimestamp();
        if (trial.Fit(policy, problems) is not { } fitted)
            return null;
        TimeSpan took = time.GetElapsedTime(start);
        var effort = new Effort(took, Math.Max(0, GC.GetTotalMemory(forceFullCollection: true) - before), []);
        IReadOnlyList<Expectation> heldOut = fitted.ExpectHeldOut();
        double score = new HeldOutOutcomes(training).Score(heldOut.Select(expected => expected.Choice));
        return new Fit(fitted, policy, heldOut, double.IsNaN(score) ? double.NegativeInfinity : score, effort);
    }

    TimeSpan Time(Action act)
    {
        long start = time.GetTimestamp();
        act();
        return time.GetElapsedTime(start);
    }

    static Dictionary<string, int> Told(OutcomeTable training) => training.Rows.Where(row => row.Category is not null)
        .GroupBy(row => row.Category!, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => BestColumn(training, [.. group]), StringComparer.Ordinal);

    /// <returns>The column of the highest mean, the first id of equals.</returns>
    static int BestColumn(OutcomeTable table, IReadOnlyList<OutcomeRow> rows) => Enumerable.Range(0, table.Experts.Count)
        .OrderByDescending(column => rows.Select(row => row.Outcomes[column]?.Score).Average() ?? double.NegativeInfinity)
        .ThenBy(column => table.Experts[column], StringComparer.Ordinal).First();
}
