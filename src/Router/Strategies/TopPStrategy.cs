using System.ComponentModel.DataAnnotations;
using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Strategies;

/// <summary>Options of the strategy <c>top-p</c>; <c>panel</c> is the most that are asked.</summary>
sealed record TopPOptions
{
    /// <summary>p: experts join, the likeliest first, until their probabilities sum to more than this.</summary>
    [Range(0.0, 1.0)]
    public double P { get; init; } = 0.4;

    /// <summary>How strongly a higher expectation raises the probability: a softmax of expectation / temperature.</summary>
    [Range(0.001, 100.0)]
    public double Temperature { get; init; } = 0.1;
}

/// <summary>
/// Dynamic top-p: asks one expert where it stands out and more where several might be right. Experts join until their
/// probabilities pass p, the crossing one included; expectations are those of <c>ridge</c>.
/// </summary>
sealed class TopPStrategy(Profile profile, TopPOptions options, int panel) : IRoutingStrategy
{
    readonly ScoringStrategy _scores = RidgeStrategy.Shared(profile);

    public void Warm() => _scores.Warm();

    public Ranking Rank(ProfiledQuestion question, IReadOnlySet<string> experts)
    {
        Ranking ranking = _scores.Rank(question, experts);
        double most = ranking.Ranked[0].Score;
        double[] weights = [.. ranking.Ranked.Select(expert => Math.Exp((expert.Score - most) / options.Temperature))];
        double[] shares = [.. weights.Select(weight => weight / weights.Sum())];
        int members = 0;
        double sum = 0;
        while (members < shares.Length && members < panel && sum <= options.P)
            sum += shares[members++];
        members = Math.Max(1, members);
        return ranking with
        {
            Panel = [.. ranking.Ranked.Take(members).Select(expert => expert.Expert)],
            Reasons =
            [
                .. ranking.Reasons,
                $"{(members == 1 ? "1 expert has" : $"{members} experts have")} {sum:0.00} of the probability together; " +
                    $"asked until more than {options.P:0.##}, at most {panel}.",
            ],
        };
    }
}
