using Orchestrator.Router.Skills.Tagging;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Skills;

/// <summary>
/// The skills of a question: those the caller names, or else those a tagger found, as in the paper, or else those of the
/// profiled questions most like it. Each way that does not help is told.
/// </summary>
/// <param name="floor">Cosine that a named skill must have with one of the profile; the paper has none.</param>
/// <param name="neighbours">How many profiled questions are looked at.</param>
/// <param name="source">Who tells the skills of a question whose caller names none.</param>
sealed class SkillFinder(SkillProfile profile, double floor, int neighbours, SkillSource source = SkillSource.Auto)
{
    /// <summary>As many as the paper asks its language model for.</summary>
    const int Most = 5;

    readonly SkillMatcher _matcher = new(profile.Names);

    public QuestionSkills Find(ProfiledQuestion question)
    {
        var failed = new List<string>();
        if (question.Skills.Count > 0 && Named(question.Skills, "Skills as given", failed) is { } given)
            return given;
        if (source != SkillSource.Neighbours && Tagged(question.Tagged, failed) is { } tagged)
            return tagged;
        return OfNeighbours(question, failed);
    }

    QuestionSkills? Tagged(TaggedQuestion? tagged, List<string> failed)
    {
        if (tagged is { Problem: null })
        {
            string answers = tagged.Answers == 1 ? "1 answer" : $"{tagged.Answers} answers";
            return Named(tagged.Phrases, $"Skills by the tagger {tagged.Tagger} (recurring in {answers})", failed);
        }
        if (tagged is not null)
            failed.Add(tagged.Problem!);
        else if (source == SkillSource.Tagger)
            failed.Add("No tagger was asked.");
        return null;
    }

    /// <param name="failed">Gets what is unknown of the phrases, for the plan to tell.</param>
    /// <returns>Null when the profile knows none of them.</returns>
    QuestionSkills? Named(IReadOnlyList<string> phrases, string whence, List<string> failed)
    {
        var known = new List<(string Phrase, int Skill)>();
        var unknown = new List<string>();
        foreach (string phrase in phrases.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            (int skill, double similarity) = _matcher.Nearest(phrase);
            if (similarity >= floor)
                known.Add((phrase, skill));
            else
                unknown.Add($"'{Explain.Quoted(phrase)}' (nearest is {profile.Names[skill]} at {similarity:0.00})");
        }
        if (unknown.Count > 0)
            failed.Add($"Unknown skills, below {floor:0.##}: {string.Join(", ", unknown)}.");
        // Two phrases for one skill are one skill; the paper's code counts it twice.
        return known.Count == 0 ? null : new QuestionSkills(
            [.. known.Select(match => match.Skill).Distinct()], [$"{whence}: {string.Join(", ", known.Select(Told))}.", .. failed]);
    }

    QuestionSkills OfNeighbours(ProfiledQuestion question, List<string> failed)
    {
        int[] nearest = [.. question.Nearest(neighbours).Select(near => near.Row)];
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

        QuestionSkills Found(IReadOnlyList<int> skills, string reason) => new(skills, [reason, .. failed]);
    }

    string Told((string Phrase, int Skill) match) =>
        string.Equals(SkillProfile.Plain(match.Phrase), profile.Names[match.Skill], StringComparison.Ordinal)
            ? profile.Names[match.Skill]
            : $"'{Explain.Quoted(match.Phrase)}' as {profile.Names[match.Skill]}";
}
