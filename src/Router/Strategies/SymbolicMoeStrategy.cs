using Orchestrator.Router.Routing;
using Orchestrator.Router.Skills;

namespace Orchestrator.Router.Strategies;

/// <summary>
/// Recruits as Symbolic-MoE does: finds the question's skills, weighs every expert by its suitability for them times its
/// competency in all, and draws the panel in proportion. The drawn member that is expected to do best on the skills speaks.
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

    /// <summary>u_k: how much each skill of the profile says.</summary>
    readonly double[] _weights;

    /// <param name="panel">k: how many experts are asked.</param>
    public SymbolicMoeStrategy(Profile profile, SymbolicMoeOptions options, int panel)
    {
        _profile = profile;
        _options = options;
        _panel = panel;
        _skills = new SkillProfile(profile.Table);
        _finder = new SkillFinder(_skills, options.Floor, options.Neighbours, options.Skills);
        _scores = Weighing.Scores(options);
        int[] all = [.. Enumerable.Range(0, _skills.Names.Count)];
        int[] columns = [.. Enumerable.Range(0, profile.Table.Experts.Count)];
        _totals = [.. columns.Select(column => all.Length > 0 ? _scores.InAll(Scores(column, all)) : 0)];
        _weights = SkillWeights.Of(
            all.Select(skill => columns.Select(column => _skills.Count(column, skill).Shrunk(options.Prior)).DefaultIfEmpty().Max()),
            options.Scores == SkillScoring.Paper ? 0 : options.Decisive);
    }

    public bool WantsTags => _options.Skills != SkillSource.Neighbours && _skills.Names.Count > 0;

    public Ranking Rank(ProfiledQuestion question, IReadOnlySet<string> experts) => Rank(question, experts, []);

    public IReadOnlyList<Ranking> RankAll(IReadOnlyList<ProfiledQuestion> questions, IReadOnlySet<string> experts)
    {
        Ranking[] rankings = [.. questions.Select(question => Rank(question, experts))];
        if (_options.TrimBy == TrimScope.Question)
            return rankings;
        IReadOnlyList<string> dropped = FrequencyTrim.Dropped(rankings.Select(ranking => ranking.Panel ?? []), _options.Trim);
        return [.. rankings.Zip(questions, (ranking, question) =>
            ranking.Panel is { } panel && panel.Any(dropped.Contains) ? Rank(question, experts, dropped) : ranking)];
    }

    /// <param name="dropped">Experts that are ranked but not drawn, unless nobody else can be.</param>
    Ranking Rank(ProfiledQuestion question, IReadOnlySet<string> experts, IReadOnlyList<string> dropped)
    {
        if (_skills.Names.Count == 0)
            return WithoutSkills(question, experts);
        QuestionSkills found = _finder.Find(question);
        var weighing = new Weighing(_options, [.. experts.Order(StringComparer.Ordinal).Select(expert => Weighed(expert, found.Skills))]);
        string[] drawn = weighing.Draw(question.Text, _panel, dropped);
        IReadOnlyList<RankedExpert> ranked = Ranking.Order(experts.Select(expert => Expected(expert, found.Skills)));
        RankedExpert primary = ranked.First(expert => drawn.Contains(expert.Expert));
        return new Ranking(ranked, primary.Score,
        [
            $"{primary.Expert} is expected to score {primary.Score:0.00} on {Names(found.Skills)}, by {primary.Support} " +
                $"profiled questions{(drawn.Length > 1 ? $", the best of the {drawn.Length} drawn" : "")}.",
            .. found.Reasons,
            .. weighing.Explain(drawn, _panel, dropped),
        ])
        {
            Panel = drawn,
        };
    }

    WeighedExpert Weighed(string expert, IReadOnlyList<int> skills)
    {
        int column = _profile.ColumnOf(expert);
        return new WeighedExpert(expert, _scores.Over(Scores(column, skills), [.. skills.Select(skill => _weights[skill])]), _totals[column]);
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

    double[] Scores(int column, IReadOnlyList<int> skills) => [.. skills.Select(skill => _scores.Of(_skills.Count(column, skill)))];

    /// <summary>
    /// The chance of being right, (n⁺ + n₀/2) / (n + n₀), as the mean over the skills by how much they say, whatever the scores.
    /// </summary>
    RankedExpert Expected(string expert, IReadOnlyList<int> skills)
    {
        int column = _profile.ColumnOf(expert);
        double expected = skills.Sum(skill => _weights[skill] * (1 + _skills.Count(column, skill).Shrunk(_options.Prior)) / 2)
            / skills.Sum(skill => _weights[skill]);
        return new RankedExpert(expert, expected, _skills.Support(column, skills));
    }

    string Names(IReadOnlyList<int> skills) =>
        skills.Count == _skills.Names.Count ? "all skills" : string.Join(", ", skills.Select(skill => _skills.Names[skill]));
}
