using System.Globalization;
using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Evaluation.Arms;

namespace Orchestrator.Jobs.RouterEvaluation.Data;

/// <summary>
/// How a set is parted: <c>field</c> by its own split, <c>hash:50</c> by a hash of the ids with so many percent to train on,
/// <c>random:20:80</c> twenty times at random with 80 percent to train on.
/// </summary>
public sealed record SplitRule(string Text, Func<RoutingSet, IReadOnlyList<DataSplit>> Of)
{
    public const string Allowed = "'field', 'hash:PERCENT' or 'random:TIMES:PERCENT' (percent to train on: 1 to 99, times: 1 to 1000)";

    public static SplitRule Field { get; } = new("field", ByField);

    /// <param name="seed">Another one draws other random splits.</param>
    /// <exception cref="EvalException">The text is no rule.</exception>
    public static SplitRule Parse(string text, int seed = 1)
    {
        string[] parts = text.Split(':');
        return parts switch
        {
            ["field"] => Field,
            ["hash", var share] when Number(share, 99) is { } percent => new SplitRule(text, set => [ByHash(set, percent)]),
            ["random", var times, var share] when Number(times, 1000) is { } count && Number(share, 99) is { } percent =>
                new SplitRule(text, set => [.. Enumerable.Range(0, count).Select(at => AtRandom(set, percent, new Random(seed + at)))]),
            _ => throw new EvalException($"--split is '{text}', but must be {Allowed}."),
        };
    }

    static IReadOnlyList<DataSplit> ByField(RoutingSet set)
    {
        RoutingRow? none = set.Rows.FirstOrDefault(row => row.Split is null);
        if (none is not null)
            throw new EvalException($"Question '{none.Outcome.Id}' of {set.Name} has no split; give --split {Allowed[8..]}.");
        return [Part(set, row => set.Rows[row].Split == "train")];
    }

    static DataSplit ByHash(RoutingSet set, int percent) => Part(
        set, row => uint.Parse(ArmNames.Digest(set.Rows[row].Outcome.Id)[..8], NumberStyles.HexNumber, CultureInfo.InvariantCulture) % 100 < percent);

    static DataSplit AtRandom(RoutingSet set, int percent, Random random)
    {
        int[] rows = [.. Enumerable.Range(0, set.Rows.Count)];
        random.Shuffle(rows);
        HashSet<int> train = [.. rows.Take(rows.Length * percent / 100)];
        return Part(set, train.Contains);
    }

    static DataSplit Part(RoutingSet set, Func<int, bool> trains)
    {
        ILookup<bool, int> parts = Enumerable.Range(0, set.Rows.Count).ToLookup(trains);
        return parts[true].Any() && parts[false].Any()
            ? new DataSplit([.. parts[true]], [.. parts[false]])
            : throw new EvalException($"The split leaves {parts[true].Count()} questions of {set.Name} to train on and {parts[false].Count()} to test on.");
    }

    static int? Number(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= most ? number : null;
}
