using Orchestrator.Experts.Embedding;

namespace Orchestrator.Jobs.Retrieval.Searching;

/// <summary>The experts that a collection is searched with: those of the base's space, which are routed among, and others beside.</summary>
public sealed class EmbeddingTeam
{
    readonly Dictionary<string, IEmbeddingExpert> _documents = new(StringComparer.Ordinal);

    /// <param name="experts">As they are configured.</param>
    /// <param name="baseExpert">Whose space is routed in.</param>
    /// <param name="outsiders">Ids that are measured but never routed to, even in the same space.</param>
    /// <exception cref="RetrievalException">The base is missing or embeds no documents, or nobody embeds those of a space.</exception>
    public EmbeddingTeam(IReadOnlyList<IEmbeddingExpert> experts, string baseExpert, IReadOnlyCollection<string> outsiders)
    {
        Base = experts.FirstOrDefault(expert => expert.Id == baseExpert) ?? throw new RetrievalException(
            $"No embedding expert is called '{baseExpert}'; there are {string.Join(", ", experts.Select(expert => expert.Id))}.");
        foreach (IEmbeddingExpert expert in experts.Where(expert => !expert.QueriesOnly))
            _documents.TryAdd(expert.Space, expert);
        _documents[Base.Space] = Base.QueriesOnly
            ? throw new RetrievalException($"'{baseExpert}' embeds queries only, and cannot be the base.")
            : Base;
        if (experts.FirstOrDefault(expert => !_documents.ContainsKey(expert.Space)) is { } lost)
            throw new RetrievalException($"'{lost.Id}' embeds queries for documents of the space {lost.Space}, but no expert here embeds those.");
        Routed = [Base, .. experts.Where(expert => expert != Base && expert.Space == Base.Space && !outsiders.Contains(expert.Id))];
        Beside = [.. experts.Except(Routed)];
    }

    public IEmbeddingExpert Base { get; }

    /// <summary>The base first, then as they are configured.</summary>
    public IReadOnlyList<IEmbeddingExpert> Routed { get; }

    public IReadOnlyList<IEmbeddingExpert> Beside { get; }

    public IEnumerable<IEmbeddingExpert> All => Routed.Concat(Beside);

    /// <summary>Who embeds the documents that this expert's queries are compared with.</summary>
    public IEmbeddingExpert DocumentsFor(IEmbeddingExpert expert) => _documents[expert.Space];
}
