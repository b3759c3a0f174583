namespace Orchestrator.Jobs.Retrieval.Data;

/// <summary>Documents, and queries with judgments on them.</summary>
/// <param name="Name">Of its folder; its domain.</param>
/// <param name="Queries">Those that have a relevant document.</param>
/// <param name="Warnings">What was left out in reading it.</param>
public sealed record JudgedCorpus(
    string Name, IReadOnlyList<CollectionDocument> Documents, IReadOnlyList<JudgedQuery> Queries, IReadOnlyList<string> Warnings);

public sealed record CollectionDocument(string Id, string Title, string Text)
{
    /// <summary>What is searched: title and text, as BEIR has it.</summary>
    public string Whole => Title.Length == 0 ? Text : Text.Length == 0 ? Title : $"{Title} {Text}";
}

/// <param name="Grades">
/// By the place of a document in its collection: how relevant it is, above 0. Documents without one are not relevant.
/// </param>
/// <param name="Excluded">Places of documents that a ranking of this query leaves out before it is judged.</param>
public sealed record JudgedQuery(string Id, string Text, IReadOnlyDictionary<int, int> Grades, IReadOnlySet<int> Excluded);
