using Orchestrator.Router.Outcomes;

namespace Orchestrator.Router.Skills;

/// <summary>The outcome table by skill: for every expert and skill how often it was right and wrong.</summary>
sealed class SkillProfile
{
    readonly OutcomeTable _table;
    readonly SkillCount[][] _counts;
    readonly int[][] _rowsOf;

    public SkillProfile(OutcomeTable table)
    {
        _table = table;
        // A question that names a skill twice needs it once.
        string[][] named = [.. table.Rows.Select(row => row.Skills.Select(Plain).Distinct(StringComparer.Ordinal).ToArray())];
        Names = [.. named.SelectMany(skills => skills).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var index = Names.Select((name, skill) => (name, skill))
            .ToDictionary(pair => pair.name, pair => pair.skill, StringComparer.Ordinal);
        OfRow = [.. named.Select(skills => skills.Select(name => index[name]).ToArray())];
        var rowsOf = Names.Select(_ => new List<int>()).ToArray();
        for (int row = 0; row < OfRow.Count; row++)
        {
            foreach (int skill in OfRow[row])
                rowsOf[skill].Add(row);
        }
        _rowsOf = [.. rowsOf.Select(rows => rows.ToArray())];
        _counts = [.. table.Experts.Select((_, column) => _rowsOf.Select(rows => Count(rows, column)).ToArray())];
    }

    /// <summary>Distinct skills of all profiled questions, in ordinal order; a skill's place is its number elsewhere.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>For every profiled question the skills it needs.</summary>
    public IReadOnlyList<IReadOnlyList<int>> OfRow { get; }

    /// <summary>How skills are written: lower-case, without blanks around.</summary>
    public static string Plain(string skill) => skill.Trim().ToLowerInvariant();

    public SkillCount Count(int column, int skill) => _counts[column][skill];

    /// <returns>How many profiled questions that need any of the skills the expert was asked.</returns>
    public int Support(int column, IEnumerable<int> skills) =>
        skills.SelectMany(skill => _rowsOf[skill]).Distinct().Count(row => _table.Rows[row].Outcomes[column] is not null);

    SkillCount Count(int[] rows, int column) =>
        rows.Select(row => _table.Rows[row].Outcomes[column]).OfType<Outcome>()
            .Aggregate(default(SkillCount), (count, outcome) => count.With(outcome.Score));
}
