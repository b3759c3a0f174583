namespace Orchestrator.Router.Evidence;

/// <summary>Evidence in the answers to profiled questions: the sibling of the outcome table. Immutable.</summary>
public sealed class EvidenceTable
{
    readonly Dictionary<string, int> _columns;
    readonly Dictionary<string, EvidenceRow> _rows;

    /// <param name="source">What the answers were to, in words.</param>
    /// <exception cref="ArgumentException">An id occurs twice, or a row has another width than there are experts.</exception>
    public EvidenceTable(string source, IReadOnlyList<string> experts, IReadOnlyList<EvidenceRow> rows)
    {
        (Source, Experts, Rows) = (source, experts, rows);
        _columns = experts.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        _rows = rows.ToDictionary(row => row.Id, StringComparer.Ordinal);
        if (rows.FirstOrDefault(row => row.Answers.Count != experts.Count) is { } odd)
            throw new ArgumentException($"Question '{odd.Id}' has evidence of {odd.Answers.Count} for {experts.Count} experts.", nameof(rows));
    }

    public static EvidenceTable Empty { get; } = new("", [], []);

    public string Source { get; }

    public IReadOnlyList<string> Experts { get; }

    public IReadOnlyList<EvidenceRow> Rows { get; }

    /// <summary>Null where none was recorded.</summary>
    public AnswerEvidence? Of(string question, string expert) =>
        _rows.TryGetValue(question, out EvidenceRow? row) && _columns.TryGetValue(expert, out int column) ? row.Answers[column] : null;
}

/// <param name="Id">Of the question.</param>
/// <param name="Answers">One for each expert of the table; null where none was recorded.</param>
public sealed record EvidenceRow(string Id, IReadOnlyList<AnswerEvidence?> Answers);
