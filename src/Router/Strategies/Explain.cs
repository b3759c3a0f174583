using Orchestrator.Experts;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Strategies;

/// <summary>Sentences that strategies share.</summary>
static class Explain
{
    const int LongestQuote = 80;

    public static string Nearest(Profile profile, ProfiledQuestion question)
    {
        Neighbour nearest = question.Nearest(1).First();
        string text = profile.Table.Rows[nearest.Row].Question;
        return $"nearest: '{Quoted(text)}' at distance {nearest.Distance:0.00}";
    }

    /// <summary>The beginning of a text that may be long.</summary>
    public static string Quoted(string text) => Excerpt.Of(text, LongestQuote);

    /// <summary>Who would come next; nothing when there is no other.</summary>
    public static IEnumerable<string> Others(IReadOnlyList<RankedExpert> ranked)
    {
        string[] others = [.. ranked.Skip(1).Take(3).Select(other => $"{other.Expert} ({other.Score:0.00})")];
        return others.Length == 0 ? [] : [$"Next: {string.Join(", ", others)}."];
    }
}
