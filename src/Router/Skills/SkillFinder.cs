using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Skills;

/// <summary>
/// The skills of a question: those the caller names, or else those of the profiled questions most like it. The paper asks a
/// language model five times and keeps the keywords that recur; here five neighbours answer instead.
/// </summary>
/// <param name="floor">Cosine that a named skill must have with one of the profile; the paper has none.</param>
/// <param name="neighbours">How many profiled questions are looked at.</param>
sealed class SkillFinder(SkillProfile profile, double floor, int neighbours)
{
    /// <summary>As many as the paper asks its language model for.</summary>
    const int Most = 5;

    readonly SkillMatcher _matcher = new(profile.Names);

    public QuestionSkills Find(ProfiledQuestion question)
    {
        var reasons = new List<string>();
        var given = new List<(string Phrase, int Skill)>();
        var unknown = new List<string>();
        foreach (string phrase in question.Skills.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            (int skill, double similarity) = _matcher.Nearest(phrase);
            if (similarity >= floor)
                given.Add((phrase, skill));
            else
                unknown.Add($"'{Explain.Quoted(phrase)}' (nearest is {profile.Names[skill]} at {similarity:0.00})");
        }
        if (unknown.Count > 0)
            reasons.Add($"Unknown skills, below {floor:0.##}: {string.Join(", ", unknown)}.");
        if (given.Count == 0)
            return OfNeighbours(question, reasons);
        reasons.Insert(0, $"Skills as given: {string.Join(", ", given.Select(Told))}.");
        // Two phrases for one skill are one skill; the paper's code counts it twice.
        return new QuestionSkills([.. given.Select(match => match.Skill).Distinct()], reasons);
    }

    QuestionSkills OfNeighbours(ProfiledQuestion question, List<string> reasons)
    {
        int[] nearest = question.NearestRows(neighbours);
        var counted = nearest.SelectMany(row => profile.OfRow[row]).CountBy(skill => skill)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).ToArray();
        int[] recurring = [.. counted.Where(pair => pair.Value > 1).Take(Most).Select(pair => pair.Key)];
        if (recurring.Length > 0)
        {
            string told = string.Join(", ", recurring.Select((skill, place) => $"{profile.Names[skill]} ({counted[place].Value})"));
            return Found(recurring, $"Skills that recur in the {nearest.Length} nearest profiled questions: {told}.");
        }
        IReadOnlyList<int> once = nearest.Select(row => profile.OfRow[row]).FirstOrDefault(skills => skills.Count > 0) ?? [];
        if (once.Count == 0)
            return Found([.. Enumerable.Range(0, profile.Names.Count)], "No skill was recognised, so all of the profile count.");
        string names = string.Join(", ", once.Select(skill => profile.Names[skill]));
        return Found(
            once, $"No skill recurs in the {nearest.Length} nearest profiled questions; the nearest one needs {names}.");

        QuestionSkills Found(IReadOnlyList<int> skills, string reason) => new(skills, [reason, .. reasons]);
    }

    string Told((string Phrase, int Skill) match) =>
        string.Equals(SkillProfile.Plain(match.Phrase), profile.Names[match.Skill], StringComparison.Ordinal)
            ? profile.Names[match.Skill]
            : $"'{Explain.Quoted(match.Phrase)}' as {profile.Names[match.Skill]}";
}
