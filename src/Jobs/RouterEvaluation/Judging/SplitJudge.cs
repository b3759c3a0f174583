using Orchestrator.Jobs.RouterEvaluation.Learning;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.RouterEvaluation.Judging;

/// <summary>Looks up what came of choices on the test questions of a split.</summary>
/// <param name="labels">The true label of each question, for the reference that is told it.</param>
/// <param name="outcomes">For each question one outcome for each expert; none missing.</param>
sealed class SplitJudge(Learned learned, IReadOnlyList<string?> labels, IReadOnlyList<Outcome[]> outcomes)
{
    public IReadOnlyList<JudgedColumn> Judge()
    {
        JudgedColumn[] contenders = [.. learned.Contenders.Select(Judge)];
        JudgedColumn? auto = contenders.FirstOrDefault(column => column.Name == learned.Auto);
        return
        [
            .. contenders,
            .. auto is null ? [] : new[] { auto with { Name = ReferenceNames.Auto } },
            Column(ReferenceNames.BestSingle, _ => learned.BestSingle),
            Column(ReferenceNames.Told, row => learned.ToldOf(labels[row])),
            new JudgedColumn(
                ReferenceNames.Random, [.. outcomes.Select(row => row.Average(outcome => outcome.Score))],
                [.. outcomes.Select(row => row.Any(outcome => outcome.Cost is null) ? null : row.Average(outcome => outcome.Cost))]),
            Column(ReferenceNames.Oracle, Oracle),
        ];
    }

    JudgedColumn Judge(Choices choices)
    {
        CurvePoint[] curve = [.. choices.Priced.Select(columns => Point(columns)).OfType<CurvePoint>()];
        double?[] experts = [.. outcomes[0].Select((_, column) => Point([.. outcomes.Select(_ => column)])?.Cost)];
        return Column(choices.Name, row => choices.Columns[row]) with
        {
            Confidence = choices.Confidence,
            // A gap in the curve would be a trade-off of unknown cost.
            Curve = curve.Length == choices.Priced.Count ? curve : [],
            Area = curve.Length == choices.Priced.Count && experts.All(cost => cost is not null)
                ? CostCurve.Area(curve, experts.Min()!.Value, experts.Max()!.Value)
                : null,
            Saving = learned.Prices is null ? null : SavingOf(choices),
        };
    }

    Saving? SavingOf(Choices choices)
    {
        CurvePoint? reference = Point([.. outcomes.Select(_ => learned.BestSingle)]);
        CurvePoint? thrifty = choices.Thrift is { } rate ? Point(choices.Priced[rate]) : reference;
        return reference is { Score: > 0, Cost: > 0 } && thrifty is not null
            ? new Saving(thrifty.Score / reference.Score, thrifty.Cost / reference.Cost)
            : null;
    }

    JudgedColumn Column(string name, Func<int, int> choose)
    {
        Outcome[] chosen = [.. outcomes.Select((row, i) => row[Known(choose(i))])];
        return new JudgedColumn(name, [.. chosen.Select(outcome => outcome.Score)], [.. chosen.Select(outcome => outcome.Cost)]);
    }

    CurvePoint? Point(int[] columns)
    {
        Outcome[] chosen = [.. outcomes.Select((row, i) => row[Known(columns[i])])];
        return chosen.Any(outcome => outcome.Cost is null)
            ? null
            : new CurvePoint(chosen.Average(outcome => outcome.Cost!.Value), chosen.Average(outcome => outcome.Score));
    }

    /// <summary>Who knows nothing of anyone asks the best single expert.</summary>
    int Known(int column) => column < 0 ? learned.BestSingle : column;

    int Oracle(int row) => Enumerable.Range(0, outcomes[row].Length)
        .OrderByDescending(column => outcomes[row][column].Score)
        .ThenBy(column => outcomes[row][column].Cost ?? double.PositiveInfinity).First();
}
