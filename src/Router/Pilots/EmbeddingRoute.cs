using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Pilots;

/// <summary>Who embeds a query, and why.</summary>
/// <param name="Expert">The expert that embeds it.</param>
/// <param name="Domain">Of the nearest pilot of the expert that ranks first; null when there are no pilots.</param>
/// <param name="Similarity">Cosine with that pilot, −1…1; 0 when there is none.</param>
/// <param name="Fallback">Whether the base embeds it because no other choice was well founded, rather than as the best.</param>
/// <param name="Ranking">All experts that have pilots, best first, with their cosines by the rule and the queries behind them.</param>
/// <param name="Reasons">In sentences a person reads; the first is the decisive one.</param>
public sealed record EmbeddingRoute(
    string Expert, string? Domain, double Similarity, bool Fallback, IReadOnlyList<RankedExpert> Ranking, IReadOnlyList<string> Reasons);
