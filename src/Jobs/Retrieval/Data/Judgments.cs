namespace Orchestrator.Jobs.Retrieval.Data;

/// <summary>Joins queries, documents and judgments by their ids, and says which ids lead nowhere.</summary>
sealed class Judgments
{
    readonly IReadOnlyList<CollectionDocument> _documents;
    readonly IReadOnlyList<(string Id, string Text)> _queries;
    readonly Dictionary<string, int> _places;
    readonly HashSet<string> _ids;
    readonly Dictionary<string, Dictionary<int, int>> _grades = new(StringComparer.Ordinal);
    readonly Dictionary<string, HashSet<int>> _excluded = new(StringComparer.Ordinal);
    readonly List<string> _warnings = [];

    public Judgments(IReadOnlyList<CollectionDocument> documents, IReadOnlyList<(string Id, string Text)> queries)
    {
        (_documents, _queries) = (documents, queries);
        _places = documents.Index().ToDictionary(document => document.Item.Id, document => document.Index, StringComparer.Ordinal);
        _ids = queries.Select(query => query.Id).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Of two judgments on the same pair the higher one counts; grades of 0 and below say that it is not relevant.</summary>
    public void Add(string path, IReadOnlyList<Judgment> judgments)
    {
        foreach (Judgment judgment in Known(path, judgments).Where(judgment => judgment.Grade > 0))
        {
            if (!_grades.TryGetValue(judgment.Query, out var grades))
                _grades.Add(judgment.Query, grades = []);
            int place = _places[judgment.Document];
            grades[place] = Math.Max(grades.GetValueOrDefault(place), judgment.Grade);
        }
    }

    public void Exclude(string path, IReadOnlyList<Judgment> pairs)
    {
        foreach (Judgment pair in Known(path, pairs))
        {
            if (!_excluded.TryGetValue(pair.Query, out var excluded))
                _excluded.Add(pair.Query, excluded = []);
            excluded.Add(_places[pair.Document]);
        }
    }

    /// <exception cref="CorpusException">No query has a relevant document.</exception>
    public JudgedCorpus Collection(string name)
    {
        JudgedQuery[] judged =
        [
            .. _queries.Where(query => _grades.ContainsKey(query.Id)).Select(query =>
                new JudgedQuery(query.Id, query.Text, _grades[query.Id], _excluded.GetValueOrDefault(query.Id) ?? [])),
        ];
        if (judged.Length == 0)
            throw new CorpusException([$"{name}: no query has a relevant document, so there is nothing to measure."]);
        if (judged.Length < _queries.Count)
            _warnings.Add($"{name}: {_queries.Count - judged.Length} of {_queries.Count} queries have no relevant document and are left out.");
        return new JudgedCorpus(name, _documents, judged, _warnings);
    }

    IEnumerable<Judgment> Known(string path, IReadOnlyList<Judgment> judgments)
    {
        Warn(path, "queries", [.. judgments.Select(judgment => judgment.Query).Where(id => !_ids.Contains(id)).Distinct(StringComparer.Ordinal)]);
        Warn(path, "documents", [.. judgments.Select(judgment => judgment.Document).Where(id => !_places.ContainsKey(id)).Distinct(StringComparer.Ordinal)]);
        return judgments.Where(judgment => _ids.Contains(judgment.Query) && _places.ContainsKey(judgment.Document));
    }

    void Warn(string path, string what, string[] unknown)
    {
        if (unknown.Length > 0)
            _warnings.Add($"{path}: {unknown.Length} {what} are not in the collection, as '{unknown[0]}'; lines with them are left out.");
    }
}
