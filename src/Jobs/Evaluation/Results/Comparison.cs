using Orchestrator.Jobs.Evaluation.Statistics;

namespace Orchestrator.Jobs.Evaluation.Results;

/// <summary>Two score columns, question by question: of two results on the same questions, or of one.</summary>
/// <param name="ColumnA">A policy, an expert, or one of <see cref="Columns"/>.</param>
/// <param name="Groups">All questions first, then the skills by name.</param>
/// <param name="LeftOut">Questions that one of them has no score for.</param>
/// <param name="Fractional">Which of the two has scores between right and wrong: there is nothing to count then.</param>
public sealed record Comparison(
    string ColumnA, string ColumnB, IReadOnlyList<ComparedGroup> Groups, int LeftOut, IReadOnlyList<string> Fractional)
{
    /// <param name="columnA">Null is the first policy of the result.</param>
    /// <param name="columnB">Null is the first policy of the result.</param>
    /// <exception cref="EvalException">The results are of different questions, or have no such column.</exception>
    public static Comparison Of(EvalResult a, EvalResult b, string? columnA = null, string? columnB = null)
    {
        if (a.Facts.Hash != b.Facts.Hash)
        {
            throw new EvalException(
                $"The results are of different questions: {Describe(a)} and {Describe(b)}. Evaluate both on the same file with the same options.");
        }
        string nameA = Column(a, columnA, "first"), nameB = Column(b, columnB, "second");
        var rowsB = b.Rows.ToDictionary(row => row.Id, StringComparer.Ordinal);
        Pair[] pairs =
        [
            .. a.Rows.Where(row => rowsB.ContainsKey(row.Id))
                .Select(row => (row, scoreA: row.Scores.GetValueOrDefault(nameA), scoreB: rowsB[row.Id].Scores.GetValueOrDefault(nameB)))
                .Where(pair => pair.scoreA is not null && pair.scoreB is not null)
                .Select(pair => new Pair(pair.row, pair.scoreA!.Value, pair.scoreB!.Value)),
        ];
        if (pairs.Length == 0)
            throw new EvalException($"There is no question that both '{nameA}' and '{nameB}' have a score for.");
        string[] fractional =
        [
            .. pairs.Any(pair => McNemar.IsBetween(pair.A)) ? [nameA] : Array.Empty<string>(),
            .. pairs.Any(pair => McNemar.IsBetween(pair.B)) ? [nameB] : Array.Empty<string>(),
        ];
        bool counted = fractional.Length == 0;
        return new Comparison(nameA, nameB,
        [
            Group(EvalSummary.Overall, pairs, a.Facts.Bootstrap, counted),
            .. EvalSummary.Skills(pairs.Select(pair => pair.Row)).Select(skill => Group(
                skill, [.. pairs.Where(pair => pair.Row.Skills.Contains(skill, StringComparer.Ordinal))], a.Facts.Bootstrap, counted)),
        ], a.Rows.Count - pairs.Length, [.. fractional.Distinct(StringComparer.Ordinal)]);
    }

    static ComparedGroup Group(string name, Pair[] pairs, BootstrapOptions options, bool counted)
    {
        double[] a = [.. pairs.Select(pair => pair.A)], b = [.. pairs.Select(pair => pair.B)];
        return new ComparedGroup(
            name, pairs.Length, a.Average(), b.Average(), new Bootstrap([a, b], options).Difference(1, 0), counted ? McNemar.Of(a, b) : null);
    }

    static string Column(EvalResult result, string? wanted, string which)
    {
        string[] columns = [.. result.Rows.SelectMany(row => row.Scores.Keys).Distinct(StringComparer.Ordinal)];
        string name = wanted ?? result.Facts.Policies.Select(policy => policy.Name).FirstOrDefault() ?? "";
        return columns.Contains(name, StringComparer.Ordinal)
            ? name
            : throw new EvalException($"The {which} result has no column '{name}'; it has {string.Join(", ", columns)}.");
    }

    static string Describe(EvalResult result) =>
        $"{result.Facts.Dataset} ({result.Rows.Count} questions, hash {result.Facts.Hash[..Math.Min(12, result.Facts.Hash.Length)]})";

    sealed record Pair(EvalRow Row, double A, double B);
}

/// <param name="A">Mean score of the first, 0…1.</param>
/// <param name="B">Mean score of the second.</param>
/// <param name="Difference">B − A, paired.</param>
/// <param name="Counts">Null where a column has scores between right and wrong.</param>
public sealed record ComparedGroup(string Name, int Count, double A, double B, Estimate Difference, McNemar? Counts);
