namespace Orchestrator.Router.Outcomes;

/// <summary>
/// The one table everything is learned from: questions × experts → score in 0…1 and tokens written, or missing.
/// Immutable; each operation gives a new table and leaves the order of the other questions and experts as it was.
/// </summary>
public sealed class OutcomeTable
{
    public static OutcomeTable Empty { get; } = new("", [], []);

    readonly Dictionary<string, int> _rows;

    /// <param name="source">What the outcomes were made from, in words.</param>
    /// <param name="experts">Distinct expert ids; the order of the columns.</param>
    /// <param name="rows">Distinct question ids; as many outcomes each as there are experts.</param>
    /// <exception cref="ArgumentException">An id occurs twice, a row has another width, or a score is outside 0…1.</exception>
    public OutcomeTable(string source, IReadOnlyList<string> experts, IReadOnlyList<OutcomeRow> rows)
    {
        Source = source;
        Experts = experts;
        Rows = rows;
        if (experts.Distinct(StringComparer.Ordinal).Count() != experts.Count)
            throw new ArgumentException($"An expert occurs twice: {string.Join(", ", experts)}.", nameof(experts));
        _rows = new(rows.Count, StringComparer.Ordinal);
        foreach (OutcomeRow row in rows)
            Add(row, nameof(rows));
    }

    public string Source { get; }

    public IReadOnlyList<string> Experts { get; }

    public IReadOnlyList<OutcomeRow> Rows { get; }

    /// <returns>The column of the expert, or −1.</returns>
    public int ColumnOf(string expert)
    {
        for (int column = 0; column < Experts.Count; column++)
        {
            if (string.Equals(Experts[column], expert, StringComparison.Ordinal))
                return column;
        }
        return -1;
    }

    public bool TryGetRow(string id, out OutcomeRow row)
    {
        bool found = _rows.TryGetValue(id, out int index);
        row = found ? Rows[index] : null!;
        return found;
    }

    /// <summary>Whether the expert was asked every question of the table.</summary>
    public bool IsComplete(string expert)
    {
        int column = ColumnOf(expert);
        return column >= 0 && Rows.All(row => row.Outcomes[column] is not null);
    }

    /// <summary>Adds the expert's column at the end, or replaces it where it stands.</summary>
    /// <param name="outcomes">By question id; a question without one is missing for this expert.</param>
    /// <exception cref="ArgumentException">An outcome is for a question that the table does not have.</exception>
    public OutcomeTable WithExpert(string expert, IReadOnlyDictionary<string, Outcome> outcomes)
    {
        foreach (string id in outcomes.Keys)
        {
            if (!_rows.ContainsKey(id))
                throw new ArgumentException($"No question '{id}' is in the table.", nameof(outcomes));
        }
        int column = ColumnOf(expert);
        IReadOnlyList<string> experts = column >= 0 ? Experts : [.. Experts, expert];
        return new OutcomeTable(Source, experts, [.. Rows.Select(row => row with { Outcomes = Replaced(row) })]);

        Outcome?[] Replaced(OutcomeRow row)
        {
            Outcome?[] all = [.. row.Outcomes, .. column >= 0 ? Array.Empty<Outcome?>() : [null]];
            all[column >= 0 ? column : ^1] = outcomes.TryGetValue(row.Id, out Outcome outcome) ? outcome : null;
            return all;
        }
    }

    /// <summary>Only these experts' columns, in the table's own order; ids without a column are ignored.</summary>
    public OutcomeTable OnlyExperts(IReadOnlySet<string> experts)
    {
        int[] kept = [.. Enumerable.Range(0, Experts.Count).Where(column => experts.Contains(Experts[column]))];
        return new OutcomeTable(
            Source,
            [.. kept.Select(column => Experts[column])],
            [.. Rows.Select(row => row with { Outcomes = [.. kept.Select(column => row.Outcomes[column])] })]);
    }

    public OutcomeTable WithoutExpert(string expert) =>
        OnlyExperts(Experts.Where(other => !string.Equals(other, expert, StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal));

    public OutcomeTable WithoutQuestions(IReadOnlySet<string> ids) =>
        new(Source, Experts, [.. Rows.Where(row => !ids.Contains(row.Id))]);

    void Add(OutcomeRow row, string parameter)
    {
        if (row.Outcomes.Count != Experts.Count)
        {
            throw new ArgumentException(
                $"Question '{row.Id}' has {row.Outcomes.Count} outcomes for {Experts.Count} experts.", parameter);
        }
        if (!_rows.TryAdd(row.Id, _rows.Count))
            throw new ArgumentException($"Question id '{row.Id}' occurs twice.", parameter);
        foreach (Outcome? outcome in row.Outcomes)
        {
            if (outcome is { Score: not (>= 0 and <= 1) } or { Tokens: < 0 } or { Cost: < 0 or double.NaN })
                throw new ArgumentException($"Question '{row.Id}': {outcome} needs a score in 0…1, tokens and cost ≥ 0.", parameter);
        }
    }
}
