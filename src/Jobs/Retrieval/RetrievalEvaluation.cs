using Orchestrator.Jobs.Retrieval.Arms;
using Orchestrator.Jobs.Retrieval.Choosing;
using Orchestrator.Jobs.Retrieval.Data;
using Orchestrator.Jobs.Retrieval.Learning;
using Orchestrator.Jobs.Retrieval.Results;
using Orchestrator.Jobs.Retrieval.Searching;
using Orchestrator.Router.Pilots;

namespace Orchestrator.Jobs.Retrieval;

/// <summary>Measures every way of searching collections: by words, by each expert, by routers that choose one, and by both.</summary>
public sealed class RetrievalEvaluation(
    RetrievalOptions options, EmbeddingTeam team, PilotLibrary library, CorpusSearch search, TimeProvider time)
{
    /// <param name="test">Collections with their judgments; nothing is chosen by them.</param>
    /// <param name="validation">The same collections with queries of no test, which the weights of fusion are chosen on.</param>
    /// <param name="scored">Queries with scores that other routers learn from; null leaves these routers out.</param>
    /// <param name="notes">For the report.</param>
    /// <exception cref="RetrievalException">The library belongs to other experts.</exception>
    public async Task<RetrievalResult> RunAsync(
        IReadOnlyList<JudgedCorpus> test, IReadOnlyList<JudgedCorpus> validation, ScoredQueries? scored, IReadOnlyList<string> notes,
        Action<string>? tell, CancellationToken cancellationToken)
    {
        if (library.Space != team.Base.Space)
            throw new RetrievalException($"The pilots live in the space {library.Space}, but {team.Base.Id} embeds in {team.Base.Space}: train pilots again.");
        HybridChoice hybrid = await HybridAsync(validation, tell, cancellationToken);
        var runs = new List<CorpusRuns>();
        foreach (JudgedCorpus corpus in test)
            runs.Add(await search.RunAsync(corpus, team.All, tell, cancellationToken));
        string[] routed = [.. team.Routed.Select(expert => expert.Id)];
        var builder = new ArmBuilder(options, routed, library, runs, time);
        string? multiTask = team.All.Any(expert => expert.Id == options.MultiTask) ? options.MultiTask : null;
        return new RetrievalResult(
            options, team.Base.Id, multiTask, library.Space, test, [.. builder.All(scored, hybrid)], [.. Removals(builder, routed, runs)], hybrid, notes);
    }

    async Task<HybridChoice> HybridAsync(IReadOnlyList<JudgedCorpus> validation, Action<string>? tell, CancellationToken cancellationToken)
    {
        var routing = new PilotRouting(library, options.Pilots, [.. team.Routed.Select(expert => expert.Id)], time);
        var runs = new List<(JudgedCorpus, IReadOnlyList<QueryRun>, IReadOnlyList<QueryRun>)>();
        foreach (JudgedCorpus corpus in validation)
        {
            CorpusRuns run = await search.RunAsync(corpus, team.Routed, tell, cancellationToken);
            runs.Add((corpus, run.Words, routing.Of(run)));
        }
        return runs.Count > 0 ? HybridChoice.Fit(runs) : HybridChoice.Default;
    }

    IEnumerable<Removal> Removals(ArmBuilder builder, string[] routed, IReadOnlyList<CorpusRuns> runs)
    {
        ArmRow before = builder.Routed("before", library, options.Pilots, routed);
        var homes = runs.Where(run => builder.Named(run) != team.Base.Id)
            .GroupBy(builder.Named, run => run.Corpus.Name, StringComparer.Ordinal).ToDictionary(home => home.Key, home => home.First(), StringComparer.Ordinal);
        foreach (string expert in options.Without ?? [.. homes.Keys])
        {
            string[] others = [.. routed.Where(other => other != expert)];
            yield return new Removal(
                expert, homes.GetValueOrDefault(expert), before,
                builder.Routed("unavailable", library, options.Pilots, others),
                builder.Routed("removed", library.Without(expert), options.Pilots, others));
        }
    }
}
