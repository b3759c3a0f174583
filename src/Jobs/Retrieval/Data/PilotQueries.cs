namespace Orchestrator.Jobs.Retrieval.Data;

/// <summary>
/// Queries that a collection can be learned from, never those of its test: written ones (<c>pilots.jsonl</c>), else those with
/// training judgments (<c>qrels/train.tsv</c>), else spans of its documents.
/// </summary>
public static class PilotQueries
{
    /// <param name="written">Another folder in which <c>NAME/pilots.jsonl</c> may be; null looks in the collection's own.</param>
    /// <param name="source">Which of the three it was, in words.</param>
    /// <exception cref="CorpusException">A file is malformed, or the documents give no query.</exception>
    public static JudgedCorpus Of(string folder, string name, string? written, SpanOptions options, out string source)
    {
        if (written is not null && !Directory.Exists(written))
            throw new CorpusException([$"There is no folder {written} with written queries."]);
        if (CorpusFolder.ReadMade(folder, name, written ?? folder) is { } made)
        {
            source = "written queries";
            return Some(made, options);
        }
        if (CorpusFolder.ReadTraining(folder, name) is { } training)
        {
            source = "training judgments";
            return Some(training, options);
        }
        source = "spans of documents";
        IReadOnlyList<CollectionDocument> documents = CorpusFolder.ReadDocuments(folder, name);
        IReadOnlyList<JudgedQuery> queries = SpanQueries.Draw(documents, options);
        return queries.Count > 0
            ? new JudgedCorpus(name, documents, queries, [])
            : throw new CorpusException([$"{name}: no document has a sentence of {options.Shortest} words, so that no query can be drawn from it."]);
    }

    static JudgedCorpus Some(JudgedCorpus corpus, SpanOptions options)
    {
        if (corpus.Queries.Count <= options.Queries)
            return corpus;
        JudgedQuery[] queries = [.. corpus.Queries];
        new Random(options.Seed).Shuffle(queries);
        return corpus with { Queries = queries[..options.Queries] };
    }
}
