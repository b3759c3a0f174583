using System.Runtime.InteropServices;
using Orchestrator.Jobs.Retrieval.Judging;

namespace Orchestrator.Jobs.Retrieval.Searching;

/// <summary>One search for one query.</summary>
/// <param name="Ranking">Places of documents, best first; deeper than what is judged, for fusion.</param>
/// <param name="Expert">Who embedded the query; null where nobody did.</param>
public sealed record QueryRun(IReadOnlyList<int> Ranking, RankScores Scores, QueryTimes Times, string? Expert);

/// <summary>Where the time of a query went.</summary>
/// <param name="Route">From the base's vector to a choice; with <paramref name="First"/> what routing costs.</param>
/// <param name="First">The base's pass that routing needs; zero where the only pass is the one that searches.</param>
/// <param name="Encode">The pass whose vector searches.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct QueryTimes(TimeSpan First, TimeSpan Route, TimeSpan Encode, TimeSpan Search)
{
    public TimeSpan Total => First + Route + Encode + Search;
}
