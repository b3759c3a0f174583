using Orchestrator.Router.Skills;

namespace Orchestrator.Router.Strategies;

/// <summary>An expert before the draw.</summary>
/// <param name="Suitability">S_i: what it is worth in the skills of the question.</param>
/// <param name="Total">t_i: the same over all skills of the profile.</param>
sealed record WeighedExpert(string Expert, double Suitability, double Total);

/// <summary>The experts of a pool, what each weighs for one question, and the draw among them.</summary>
sealed class Weighing
{
    readonly SymbolicMoeOptions _options;
    readonly Dictionary<string, double> _shares;
    readonly bool _nobodySuits;

    /// <param name="pool">At least one, in the order of their ids.</param>
    public Weighing(SymbolicMoeOptions options, IReadOnlyList<WeighedExpert> pool)
    {
        _options = options;
        double trim = options.TrimBy == TrimScope.Question ? options.Trim : 0;
        double[] shares = RecruitWeights.Of(
            Scores(options), [.. pool.Select(expert => expert.Suitability)], [.. pool.Select(expert => expert.Total)],
            options.Temperature, options.Focus, trim);
        _shares = pool.Zip(shares).ToDictionary(pair => pair.First.Expert, pair => pair.Second, StringComparer.Ordinal);
        _nobodySuits = pool.All(expert => expert.Suitability <= 0);
    }

    public static ISkillScores Scores(SymbolicMoeOptions options) =>
        options.Scores == SkillScoring.Paper ? new PaperScores() : new ShrunkScores(options.Prior);

    /// <param name="dropped">Not drawn, unless nobody else can be.</param>
    /// <returns>At least one expert, in the order drawn; repeatedly perhaps where the options say so.</returns>
    public string[] Draw(string question, int count, IReadOnlyList<string> dropped)
    {
        var pool = Drawable(dropped).Select(pair => (pair.Key, pair.Value)).ToArray();
        return
        [
            .. _options.Replacement
                ? WeightedDraw.DrawRepeatedly(pool, count, question, _options.Seed)
                : WeightedDraw.Draw(pool, count, question, _options.Seed),
        ];
    }

    public IEnumerable<string> Explain(string[] drawn, int wanted, IReadOnlyList<string> dropped)
    {
        if (_nobodySuits)
            yield return "Nobody was right more often than wrong on these skills, so the least wrong were drawn from.";
        string scores = _options.Scores == SkillScoring.Paper ? "the paper's scores" : "shrunk scores";
        string replacement = _options.Replacement ? ", with replacement" : "";
        string shares = string.Join(", ", drawn.Select(expert => $"{expert} ({_shares[expert]:0.00})"));
        KeyValuePair<string, double>[] drawable = Drawable(dropped);
        yield return $"Drawn in this order from {drawable.Length} of {_shares.Count} experts by their shares of suitability × " +
            $"competency ({scores}, temperature {_options.Temperature:0.##}, focus {_options.Focus:0.##}, seed {_options.Seed}{replacement}): {shares}.";
        string[] left = [.. dropped.Where(expert => _shares.GetValueOrDefault(expert) > 0 && drawable.All(pair => pair.Key != expert))];
        if (left.Length > 0)
            yield return $"Drawn again without {string.Join(", ", left)}: under {_options.Trim * 100:0.##}% of the draws of the batch.";
        else if (dropped.Count > 0)
            yield return $"Under {_options.Trim * 100:0.##}% of the draws of the batch, but nobody else suits this question.";
        if (drawn.Length < wanted)
            yield return $"The panel has {drawn.Length} instead of {wanted}: nobody else can be drawn.";
    }

    KeyValuePair<string, double>[] Drawable(IReadOnlyList<string> dropped)
    {
        KeyValuePair<string, double>[] all = [.. _shares.Where(pair => pair.Value > 0)];
        KeyValuePair<string, double>[] kept = [.. all.Where(pair => !dropped.Contains(pair.Key))];
        return kept.Length > 0 ? kept : all;
    }
}
