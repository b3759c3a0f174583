using Orchestrator.Jobs.Retrieval.Searching;
using Orchestrator.Router.Pilots;

namespace Orchestrator.Jobs.Retrieval.Arms;

/// <summary>Routes the queries of collections by a library, and takes what the chosen experts found.</summary>
sealed class PilotRouting(PilotLibrary library, PilotOptions options, IReadOnlyCollection<string> available, TimeProvider time)
{
    public IReadOnlyList<QueryRun> Of(CorpusRuns runs)
    {
        // The first route compiles the code, which no query after it does.
        library.Route(runs.BaseVectors[0], options, available);
        return [.. runs.BaseVectors.Select((vector, i) =>
        {
            long start = time.GetTimestamp();
            string expert = library.Route(vector, options, available).Expert;
            return Run(runs, i, expert, time.GetElapsedTime(start));
        })];
    }

    /// <summary>The base's pass comes before the choice, and is the only one where the base is chosen.</summary>
    public static QueryRun Run(CorpusRuns runs, int query, string expert, string baseExpert, TimeSpan route)
    {
        QueryRun chosen = runs.Experts[expert][query];
        TimeSpan first = expert == baseExpert ? TimeSpan.Zero : runs.Experts[baseExpert][query].Times.Encode;
        return chosen with { Times = chosen.Times with { First = first, Route = route } };
    }

    QueryRun Run(CorpusRuns runs, int query, string expert, TimeSpan route) => Run(runs, query, expert, library.Base, route);
}
