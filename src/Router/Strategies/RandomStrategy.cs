using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Strategies;

/// <summary>Options of the strategy <c>random</c>.</summary>
sealed record RandomOptions
{
    /// <summary>Another seed gives another order for every question.</summary>
    [Range(0, int.MaxValue)]
    public int Seed { get; init; }
}

/// <summary>A fair draw that depends only on seed, question and expert: the same question always gets the same plan.</summary>
sealed class RandomStrategy(Profile profile, RandomOptions options) : IRoutingStrategy
{
    public Ranking Rank(ProfiledQuestion question, IReadOnlySet<string> experts)
    {
        IReadOnlyList<RankedExpert> ranked =
            Ranking.Order(experts.Select(expert => new RankedExpert(expert, Draw(question.Text, expert), Support: 0)));
        string seed = options.Seed.ToString(CultureInfo.InvariantCulture);
        return new Ranking(
            ranked,
            profile.Means[profile.ColumnOf(ranked[0].Expert)],
            [$"{ranked[0].Expert} was drawn at random from {ranked.Count} experts (seed {seed})."]);
    }

    /// <returns>A number in 0…1 (1 excluded).</returns>
    double Draw(string question, string expert) =>
        (StableHash.Of(expert, StableHash.Of(question, (ulong)options.Seed)) >> 11) * (1.0 / (1UL << 53));
}
