using System.CommandLine;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Retrieval;
using Orchestrator.Jobs.Retrieval.Data;
using Orchestrator.Jobs.Retrieval.Searching;

namespace Orchestrator.Host.Commands;

/// <summary>What <c>train pilots</c> and <c>eval-retrieval</c> share: their collections, and the experts that search them.</summary>
static class RetrievalTeam
{
    public static Option<string?> Collections { get; } = new("--collections", "-d")
    {
        Description = "Folder of collections in BEIR's layout: NAME/corpus.jsonl, queries.jsonl, qrels.tsv or qrels/test.tsv (.gz too)",
    };

    public static Option<string?> Only { get; } = new("--only") { Description = "Only these collections, separated by commas" };
    public static Option<string?> Written { get; } = new("--written")
    {
        Description = "Folder with queries written for the collections: NAME/pilots.jsonl with _id, text and document (default: --collections)",
    };

    public static Option<int> Queries { get; } = new("--queries")
    {
        Description = "Most queries to learn from in each collection",
        DefaultValueFactory = _ => new SpanOptions().Queries,
    };

    public static Option<int> Seed { get; } = new("--seed") { Description = "Another one draws other queries", DefaultValueFactory = _ => new SpanOptions().Seed };
    public static Option<string?> Experts { get; } = new("--experts", "-e") { Description = "Only these experts beside the base, separated by commas" };
    public static Option<string?> Base { get; } = new("--base") { Description = "Who embeds documents and stands in for everybody (default: retrieval.base)" };
    public static Option<string> MultiTask { get; } = new("--multitask")
    {
        Description = "The encoder of all domains to compare with: never routed to",
        DefaultValueFactory = _ => new RetrievalOptions().MultiTask,
    };

    public static string[]? Names(string? list) => list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray();

    /// <summary>The folder, and the names of the collections in it that were asked for.</summary>
    /// <exception cref="RetrievalException">No folder was given, or a name is unknown.</exception>
    /// <exception cref="CorpusException">There is no collection in it.</exception>
    public static (string Folder, IReadOnlyList<string> Names) Read(ParseResult parsed)
    {
        var folder = parsed.GetValue(Collections) ?? throw new RetrievalException("Give --collections, a folder of collections in BEIR's layout.");
        var all = CorpusFolder.Names(folder);
        var asked = Names(parsed.GetValue(Only)) ?? [.. all];
        return asked.Except(all).FirstOrDefault() is { } unknown
            ? throw new RetrievalException($"No collection in {folder} is called '{unknown}'; there are {string.Join(", ", all)}.")
            : (folder, asked);
    }

    public static SpanOptions Spans(ParseResult parsed)
    {
        var queries = parsed.GetValue(Queries);
        return queries is > 0 and <= 100_000
            ? new SpanOptions { Queries = queries, Seed = parsed.GetValue(Seed) }
            : throw new RetrievalException($"--queries is {queries}, but must be 1 to 100000.");
    }

    /// <param name="only">Ids beside the base; null takes all that embed.</param>
    /// <param name="known">The base of pilots that are there already.</param>
    /// <exception cref="RetrievalException">Nobody embeds, or it is not clear who is the base.</exception>
    public static EmbeddingTeam Of(OrchestratorConfig config, ExpertPool pool, ParseResult parsed, IReadOnlyCollection<string>? only, string? known)
    {
        var embedders = config.Experts.Where(expert => expert.Purpose == ExpertPurpose.Embed).ToArray();
        var bases = embedders.Where(expert => expert.QueriesFor is null).Select(expert => expert.Id).ToArray();
        var id = parsed.GetValue(Base) ?? config.Retrieval.Base ?? known ?? (bases.Length == 1 ? bases[0] : null)
            ?? throw new RetrievalException(bases.Length == 0
                ? "No expert of the configuration embeds documents: give one purpose: embed."
                : $"Which of {string.Join(", ", bases)} is the base? Set retrieval.base or give --base.");
        if (only?.Except(embedders.Select(expert => expert.Id)).FirstOrDefault() is { } unknown)
            throw new RetrievalException($"No expert that embeds is called '{unknown}'; there are {string.Join(", ", embedders.Select(expert => expert.Id))}.");
        var chosen = embedders.Select(expert => expert.Id).Where(expert => only is null || expert == id || only.Contains(expert));
        return new EmbeddingTeam([.. chosen.Select(pool.GetEmbedder)], id, [parsed.GetValue(MultiTask)!]);
    }
}
