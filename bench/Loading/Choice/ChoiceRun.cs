using Orchestrator.Bench.Loading.Traces;

namespace Orchestrator.Bench.Loading.Choice;

/// <summary>The trace at one weight.</summary>
sealed record ChoiceRun(double Weight, IReadOnlyList<ChoiceAnswer> Answers, int Loads)
{
    IEnumerable<ChoiceAnswer> Answered => Answers.Where(answer => answer.Failure is null);

    public static async Task<ChoiceRun> WithAsync(
        ScenarioContext context, ChoiceService service, double weight,
        IReadOnlyList<ChoiceQuestion> questions, IReadOnlyList<Arrival> arrivals, CancellationToken cancellationToken)
    {
        // What a service knows that has run for a while: how long each expert's load and answer take.
        foreach (string expert in context.Ids)
        {
            ChoiceAnswer warm = await service.AskAsync(expert, questions[0], cancellationToken);
            if (warm.Failure is { } failure)
                throw new InvalidOperationException(failure);
        }
        string policy = WeightedPolicies.NameAt(weight);
        int before = service.Loads;
        ChoiceAnswer[] answers = await OpenLoop.RunAsync(
            context.Time, arrivals, number => service.AskAsync(policy, questions[number], cancellationToken),
            cancellationToken);
        return new ChoiceRun(weight, answers, service.Loads - before);
    }

    public static string Table(IEnumerable<ChoiceRun> runs) => Report.Table(
        [
            "quality weight", "accuracy %", "not the best ranked %", "first token mean ms", "p50", "p99",
            "last token mean ms", "p50", "p99", "loads", "aborted",
        ],
        runs.Select(run => run.Row()));

    string[] Row() =>
    [
        $"{Weight:0.##}", Report.Percent(Answers.Average(answer => answer.Score)),
        Report.Percent(Answers.Average(answer => answer.IsBest ? 0.0 : 1)),
        .. Times(answer => answer.FirstToken), .. Times(answer => answer.LastToken),
        $"{Loads}", $"{Answers.Count - Answered.Count()}",
    ];

    string[] Times(Func<ChoiceAnswer, TimeSpan> time)
    {
        double[] milliseconds = [.. Answered.Select(answer => time(answer).TotalMilliseconds)];
        return milliseconds.Length == 0
            ? ["–", "–", "–"]
            : [
                $"{milliseconds.Average():0}", $"{Samples.Quantile(milliseconds, 0.5):0}",
                $"{Samples.Quantile(milliseconds, 0.99):0}",
            ];
    }
}
