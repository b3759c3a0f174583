using Orchestrator.Router.Routing;
using Orchestrator.Router.Skills;

namespace Orchestrator.Router.Strategies;

/// <summary>
/// Recruits as Symbolic-MoE does: finds the question's skills, weighs every expert by its suitability for them times its
/// competency in all, and draws the panel in proportion. The drawn member that is expected to do best on the skills speaks.
/// Draws without replacement: an expert asked twice in one request would say the same again, or vote twice.
/// docs/algorithms.md has the equations.
/// </summary>
sealed class SymbolicMoeStrategy : IRoutingStrategy
{
    readonly Profile _profile;
    readonly SymbolicMoeOptions _options;
    readonly int _panel;
    readonly SkillProfile _skills;
    readonly SkillFinder _finder;
    readonly ISkillScores _scores;
    readonly double[] _totals;

    /// <param name="panel">k: how many experts are asked.</param>
    public SymbolicMoeStrategy(Profile profile, SymbolicMoeOptions options, int panel)
    {
        _profile = profile;
        _options = options;
        _panel = panel;
        _skills = new SkillProfile(profile.Table);
        _finder = new SkillFinder(_skills, options.Floor, options.Neighbours);
        _scores = options.Scores == SkillScoring.Paper ? new PaperScores() : new ShrunkScores(options.Prior);
        int[] all = [.. Enumerable.Range(0, _skills.Names.Count)];
        _totals = [.. profile.Table.Experts.Select((_, column) => all.Length > 0 ? Over(column, all) : 0)];
    }

    public Ranking Rank(ProfiledQuestion question, IReadOnlySet<string> experts)
    {
        if (_skills.Names.Count == 0)
            return WithoutSkills(question, experts);
        QuestionSkills found = _finder.Find(question);
        string[] pool = [.. experts.Order(StringComparer.Ordinal)];
        double[] sums = [.. pool.Select(expert => Over(_profile.ColumnOf(expert), found.Skills))];
        double[] shares = RecruitWeights.Of(
            _scores, sums, [.. pool.Select(expert => _totals[_profile.ColumnOf(expert)])], _options.Temperature, _options.Trim);
        string[] drawn = [.. WeightedDraw.Draw(pool.Zip(shares), _panel, question.Text, _options.Seed)];
        IReadOnlyList<RankedExpert> ranked = Ranking.Order(pool.Select(expert => Expected(expert, found.Skills)));
        RankedExpert primary = ranked.First(expert => drawn.Contains(expert.Expert));
        return new Ranking(ranked, primary.Score,
        [
            $"{primary.Expert} is expected to score {primary.Score:0.00} on {Names(found.Skills)}, by {primary.Support} " +
                $"profiled questions{(drawn.Length > 1 ? $", the best of the {drawn.Length} drawn" : "")}.",
            .. found.Reasons,
            .. DrawReasons(drawn, pool.Zip(shares, sums)),
        ])
        {
            Panel = drawn,
        };
    }

    IEnumerable<string> DrawReasons(string[] drawn, IEnumerable<(string Expert, double Share, double Sum)> pool)
    {
        var entries = pool.ToDictionary(entry => entry.Expert, StringComparer.Ordinal);
        int drawable = entries.Values.Count(entry => entry.Share > 0);
        if (entries.Values.All(entry => entry.Sum <= 0))
            yield return "Nobody was right more often than wrong on these skills, so the least wrong were drawn from.";
        string scores = _options.Scores == SkillScoring.Paper ? "the paper's scores" : "shrunk scores";
        string shares = string.Join(", ", drawn.Select(expert => $"{expert} ({entries[expert].Share:0.00})"));
        yield return $"Drawn in this order from {drawable} of {entries.Count} experts by their shares of suitability × " +
            $"competency ({scores}, temperature {_options.Temperature:0.##}, seed {_options.Seed}): {shares}.";
        if (drawn.Length < _panel)
            yield return $"The panel has {drawn.Length} instead of {_panel}: nobody else can be drawn.";
    }

    /// <summary>Without skills in the profile nothing can be recruited by them.</summary>
    Ranking WithoutSkills(ProfiledQuestion question, IReadOnlySet<string> experts)
    {
        Ranking means = new BestSingleStrategy(_profile).Rank(question, experts);
        return means with
        {
            Reasons = [.. means.Reasons, "No profiled question names the skills it needs, so nobody was recruited by skill."],
        };
    }

    double Over(int column, IReadOnlyList<int> skills) =>
        _scores.Over([.. skills.Select(skill => _scores.Of(_skills.Count(column, skill)))]);

    /// <summary>The chance of being right, (n⁺ + n₀/2) / (n + n₀), as the mean over the skills, whatever the scores.</summary>
    RankedExpert Expected(string expert, IReadOnlyList<int> skills)
    {
        int column = _profile.ColumnOf(expert);
        double expected = skills.Average(skill => (1 + _skills.Count(column, skill).Shrunk(_options.Prior)) / 2);
        return new RankedExpert(expert, expected, _skills.Support(column, skills));
    }

    string Names(IReadOnlyList<int> skills) =>
        skills.Count == _skills.Names.Count ? "all skills" : string.Join(", ", skills.Select(skill => _skills.Names[skill]));
}
