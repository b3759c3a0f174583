using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.RouterEvaluation.Data;
using Orchestrator.Jobs.RouterEvaluation.Judging;
using Orchestrator.Jobs.RouterEvaluation.Learning;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.RouterEvaluation;

/// <summary>Trains contenders on one part of recorded outcomes and judges them on the other.</summary>
public sealed class RouterEvaluator(RouterEvaluationOptions options, Learner learner)
{
    /// <param name="progress">Gets what is being done.</param>
    /// <exception cref="EvalException">No question is left to test on.</exception>
    public JudgedSplit Run(RoutingSet set, DataSplit split, IReadOnlyList<Contender> contenders, Action<string>? progress = null)
    {
        Func<RoutingRow, string?> label = LabelOf(set, split);
        HashSet<int> repeated = Duplicates.Of(set, split);
        int[] complete = [.. split.Test.Where(row => set.Rows[row].Outcome.Outcomes.All(outcome => outcome is not null))];
        int[] test = [.. complete.Where(row => !options.DropDuplicates || !repeated.Contains(row))];
        if (test.Length == 0)
            throw new EvalException($"No question of {set.Name} is left to test on: {repeated.Count} repeat training questions, and {split.Test.Count - complete.Length} lack an outcome.");
        var training = new OutcomeTable(
            set.Name, set.Experts, [.. split.Train.Select(row => set.Rows[row].Outcome with { Category = label(set.Rows[row]) })]);
        // The learner gets the text of the test questions alone.
        Learned learned = learner.Learn(training, [.. test.Select(row => set.Rows[row].Question)], contenders, progress);
        var judge = new SplitJudge(
            learned, [.. test.Select(row => label(set.Rows[row]))],
            [.. test.Select(row => set.Rows[row].Outcome.Outcomes.Select(outcome => outcome!.Value).ToArray())]);
        return new JudgedSplit(split.Train.Count, test, repeated.Count, split.Test.Count - complete.Length, learned, judge.Judge());
    }

    Func<RoutingRow, string?> LabelOf(RoutingSet set, DataSplit split)
    {
        bool benchmark = options.Label switch
        {
            QuestionLabel.Benchmark => true,
            QuestionLabel.Category => false,
            _ => split.Train.Select(row => set.Rows[row].Benchmark).Distinct().Count() > 1,
        };
        return benchmark ? row => row.Benchmark : row => row.Category;
    }
}
