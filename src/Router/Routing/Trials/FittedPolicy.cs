using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Routing.Trials;

/// <summary>A policy fitted to the training part of a trial.</summary>
public sealed class FittedPolicy
{
    readonly PolicyConfig _policy;
    readonly Profile _profile;
    readonly IRoutingStrategy _strategy;
    readonly HashSet<string> _experts;

    internal FittedPolicy(PolicyConfig policy, Profile profile, IRoutingStrategy strategy)
    {
        (_policy, _profile, _strategy) = (policy, profile, strategy);
        _experts = [.. profile.Table.Experts.Where(profile.Knows)];
    }

    public Expectation Expect(TrialQuestion question) => Expect(_profile, _strategy, question.Features);

    /// <summary>The whole decision as the router makes it, from the embedded question to the reasons; for its time.</summary>
    public void Decide(TrialQuestion question) => _strategy.Rank(question.Features, _experts);

    /// <summary>For each training question what policies expect that were fitted without its fold.</summary>
    public IReadOnlyList<Expectation> ExpectHeldOut()
    {
        if (_strategy is ScoringStrategy { HeldOut: { } known })
            return [.. known.Select(scores => Of(_profile, scores, null))];
        var expected = new Expectation[_profile.Count];
        foreach ((int[] rest, int[] held) in OutOfFold.Parts(_profile))
        {
            Profile part = _profile.Part(rest);
            IRoutingStrategy strategy = StrategyRegistry.Create(_policy, part, [])
                ?? throw new InvalidOperationException($"Policy '{_policy.Name}' fits the whole table, but not a part of it.");
            foreach (int row in held)
                expected[row] = Expect(part, strategy, part.Features(_profile, row));
        }
        return expected;
    }

    Expectation Expect(Profile profile, IRoutingStrategy strategy, ProfiledQuestion question)
    {
        var scores = new double[profile.Table.Experts.Count];
        // The ranking of such a strategy follows from its expectations; without the reasons they are quicker.
        if (strategy is ScoringStrategy scoring)
        {
            scoring.Expect(question, scores);
            return Of(profile, scores, scoring.Calibration);
        }
        Array.Fill(scores, double.NaN);
        HashSet<string> known = profile == _profile ? _experts : [.. _experts.Where(profile.Knows)];
        if (known.Count == 0)
            return new Expectation(scores, -1, 0);
        Ranking ranking = strategy.Rank(question, known);
        foreach (RankedExpert expert in ranking.Ranked)
            scores[profile.ColumnOf(expert.Expert)] = expert.Score;
        string first = ranking.Ranked.First(expert => ranking.Panel?.Contains(expert.Expert) ?? true).Expert;
        return new Expectation(scores, profile.ColumnOf(first), ranking.Confidence);
    }

    static Expectation Of(Profile profile, double[] scores, Calibration? calibration)
    {
        int choice = OutOfFold.Choice(profile, scores);
        double expected = choice < 0 ? 0 : scores[choice];
        return new Expectation(scores, choice, calibration?.At(expected) ?? Math.Clamp(expected, 0, 1));
    }
}
