using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Retrieval.Choosing;
using Orchestrator.Jobs.Retrieval.Judging;
using Orchestrator.Jobs.Retrieval.Learning;
using Orchestrator.Jobs.Retrieval.Searching;
using Orchestrator.Router.Pilots;
using Orchestrator.Router.Pilots.Training;

namespace Orchestrator.Jobs.Retrieval.Arms;

/// <summary>Makes all ways of searching from what BM25 and each expert alone found: nothing is embedded any more.</summary>
/// <param name="routed">Ids that may be routed to, the base first.</param>
/// <param name="runs">One a collection.</param>
sealed class ArmBuilder(
    RetrievalOptions options, IReadOnlyList<string> routed, PilotLibrary library, IReadOnlyList<CorpusRuns> runs, TimeProvider time)
{
    string Base => routed[0];

    /// <param name="scored">Queries with scores, which other routers learn from; null leaves them out.</param>
    /// <param name="hybrid">How rankings are fused.</param>
    public IEnumerable<ArmRow> All(ScoredQueries? scored, HybridChoice hybrid)
    {
        yield return Row(ArmNames.Words, ArmKind.Fixed, run => run.Words);
        foreach (string expert in runs[0].Experts.Keys)
        {
            string name = expert == Base ? ArmNames.Base(expert) : expert == options.MultiTask ? ArmNames.MultiTask(expert) : ArmNames.Alone(expert);
            yield return Row(name, ArmKind.Fixed, run => run.Experts[expert]);
        }
        yield return Row(ArmNames.OracleCollection, ArmKind.Informed, run => run.Experts[BestOf(run)]);
        yield return Row(ArmNames.ByName, ArmKind.Informed, run => run.Experts[Named(run)]);
        yield return Row(ArmNames.OracleQuery, ArmKind.Informed, run => Each(run, i => run.Experts[BestOf(run, i)][i]));
        foreach (PilotRule rule in Enum.GetValues<PilotRule>())
            yield return Routed(rule == PilotRule.Mean ? ArmNames.Mean : ArmNames.Nearest, library, options.Pilots with { Rule = rule }, routed);
        if (scored is not null)
        {
            PilotLibrary domains = PilotTraining.Fit(library.Space, scored.Experts, scored.Samples, new PilotTrainingOptions { Labels = PilotLabels.Domain });
            yield return Routed(ArmNames.Centroids, domains, new PilotOptions { Rule = PilotRule.Nearest, Floor = -1 }, routed);
            yield return ByNeighbours(NearestSamples.Fit(scored.Experts, scored.Samples));
        }
        yield return Row(ArmNames.Random, ArmKind.Router, run => Each(run, i => Expected(run, i)));
        var byPilots = new PilotRouting(library, options.Pilots, routed, time);
        yield return Row(ArmNames.HybridBase, ArmKind.Fused, run => Fused(run, run.Experts[Base], hybrid));
        yield return Row(ArmNames.Hybrid, ArmKind.Fused, run => Fused(run, byPilots.Of(run), hybrid));
    }

    /// <param name="with">The library that is routed by; another one where an expert was removed from it.</param>
    /// <param name="available">Who may be chosen.</param>
    public ArmRow Routed(string name, PilotLibrary with, PilotOptions how, IReadOnlyCollection<string> available)
    {
        var routing = new PilotRouting(with, how, available, time);
        return Row(name, ArmKind.Router, routing.Of);
    }

    /// <summary>The collection's own expert, or the base where there is none.</summary>
    public string Named(CorpusRuns run) =>
        string.Format(null, options.ByName, run.Corpus.Name) is var name && routed.Contains(name) ? name : Base;

    ArmRow ByNeighbours(NearestSamples nearest) => Row($"{ArmNames.Neighbours} ({nearest.Neighbours})", ArmKind.Router, run => Each(run, i =>
    {
        long start = time.GetTimestamp();
        string expert = nearest.Choose(run.BaseVectors[i]);
        return PilotRouting.Run(run, i, expert, Base, time.GetElapsedTime(start));
    }));

    ArmRow Row(string name, ArmKind kind, Func<CorpusRuns, IReadOnlyList<QueryRun>> of) => new(name, kind, [.. runs.Select(of)]);

    static QueryRun[] Each(CorpusRuns run, Func<int, QueryRun> of) => [.. Enumerable.Range(0, run.Corpus.Queries.Count).Select(of)];

    static QueryRun[] Fused(CorpusRuns run, IReadOnlyList<QueryRun> vectors, HybridChoice hybrid) =>
        Each(run, i => hybrid.Fuse(run.Corpus.Queries[i], run.Words[i], vectors[i]));

    string BestOf(CorpusRuns run) => routed.MaxBy(expert => run.Experts[expert].Average(query => query.Scores.Ndcg))!;

    string BestOf(CorpusRuns run, int query) => routed.MaxBy(expert => run.Experts[expert][query].Scores.Ndcg)!;

    /// <summary>What a uniform draw gives in the mean, rather than what one draw gave.</summary>
    QueryRun Expected(CorpusRuns run, int query)
    {
        QueryRun[] all = [.. routed.Select(expert => run.Experts[expert][query])];
        var scores = new RankScores(
            all.Average(one => one.Scores.Ndcg), all.Average(one => one.Scores.Recall), all.Average(one => one.Scores.Mrr));
        return new QueryRun([], scores, all[0].Times, null);
    }
}
