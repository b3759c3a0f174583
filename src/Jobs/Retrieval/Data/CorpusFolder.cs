namespace Orchestrator.Jobs.Retrieval.Data;

/// <summary>
/// A folder of collections in BEIR's layout: <c>NAME/corpus.jsonl</c>, <c>queries.jsonl</c>, and <c>qrels.tsv</c> or
/// <c>qrels/test.tsv</c>, each also compressed. <c>excluded.tsv</c> lists pairs that are no fair finding, as the paper
/// that a query was taken from.
/// </summary>
public static class CorpusFolder
{
    static readonly string[] TestJudgments = ["qrels/test.tsv", "qrels.tsv"];

    /// <summary>Names of the folders that hold a corpus.</summary>
    /// <exception cref="CorpusException">The folder is missing, or there is no collection in it.</exception>
    public static IReadOnlyList<string> Names(string folder)
    {
        if (!Directory.Exists(folder))
            throw new CorpusException([$"There is no folder {folder}."]);
        string[] names = [.. Directory.EnumerateDirectories(folder).Where(inner => CollectionLines.Find(inner, "corpus.jsonl") is not null).Select(inner => Path.GetFileName(inner)).Order(StringComparer.Ordinal)];
        return names.Length > 0
            ? names
            : throw new CorpusException([$"No folder in {folder} holds a corpus.jsonl or corpus.jsonl.gz, so there is no collection."]);
    }

    /// <param name="excluded">Beside <c>excluded.tsv</c>: a file with pairs to be left out of rankings.</param>
    /// <exception cref="CorpusException">A file is missing or malformed; all that is wrong is named with its line.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static JudgedCorpus Read(string folder, string name, string? excluded = null) =>
        Read(folder, name, TestJudgments, excluded);

    /// <summary>The training queries, where the collection has some.</summary>
    /// <returns>Null where it has no <c>qrels/train.tsv</c>.</returns>
    /// <exception cref="CorpusException">As for <see cref="Read(string, string, string?)"/>.</exception>
    public static JudgedCorpus? ReadTraining(string folder, string name) =>
        CollectionLines.Find(Path.Combine(folder, name), "qrels/train.tsv") is null ? null : Read(folder, name, ["qrels/train.tsv"], null);

    /// <summary>The documents alone.</summary>
    /// <exception cref="CorpusException">As for <see cref="Read(string, string, string?)"/>.</exception>
    public static IReadOnlyList<CollectionDocument> ReadDocuments(string folder, string name)
    {
        var lines = new CollectionLines();
        List<CollectionDocument> documents = CollectionFiles.Documents(lines, Need(Path.Combine(folder, name), "corpus.jsonl"));
        lines.ThrowIfAny();
        return documents;
    }

    /// <summary>Queries that were written for the collection's documents by a model or a person, not for its test.</summary>
    /// <param name="written">The folder in which <c>NAME/pilots.jsonl</c> may be.</param>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="CorpusException">As for <see cref="Read(string, string, string?)"/>.</exception>
    public static JudgedCorpus? ReadMade(string folder, string name, string written)
    {
        if (CollectionLines.Find(Path.Combine(written, name), "pilots.jsonl") is not { } path)
            return null;
        IReadOnlyList<CollectionDocument> documents = ReadDocuments(folder, name);
        var lines = new CollectionLines();
        List<MadeQueryLine> queries = CollectionFiles.MadeQueries(lines, path);
        lines.ThrowIfAny();
        var judging = new Judgments(documents, [.. queries.Select(query => (query.Id, query.Text))]);
        judging.Add(path, [.. queries.Select(query => new Judgment(query.Id, query.Document, 1))]);
        return judging.Collection(name);
    }

    static JudgedCorpus Read(string folder, string name, IEnumerable<string> judgments, string? excluded)
    {
        string inner = Path.Combine(folder, name);
        var lines = new CollectionLines();
        string qrels = Need(inner, judgments);
        List<CollectionDocument> documents = CollectionFiles.Documents(lines, Need(inner, "corpus.jsonl"));
        var judging = new Judgments(documents, CollectionFiles.Queries(lines, Need(inner, "queries.jsonl")));
        judging.Add(qrels, CollectionFiles.Judgments(lines, qrels));
        foreach (string path in new[] { CollectionLines.Find(inner, "excluded.tsv"), excluded }.OfType<string>())
            judging.Exclude(path, CollectionFiles.Pairs(lines, path));
        lines.ThrowIfAny();
        return judging.Collection(name);
    }

    static string Need(string inner, params IEnumerable<string> names) => CollectionLines.Find(inner, names)
        ?? throw new CorpusException([$"{inner} has no {string.Join(" or ", names)}, nor one with .gz."]);
}
