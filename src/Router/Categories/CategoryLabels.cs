using Orchestrator.Router.Learning;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Categories;

/// <summary>The category of each profiled question.</summary>
/// <param name="Names">Distinct; found ones are named by their number.</param>
/// <param name="OfRow">Index into the names for each question; −1 where none is given.</param>
/// <param name="AreGiven">Whether the table names them.</param>
sealed record CategoryLabels(IReadOnlyList<string> Names, int[] OfRow, bool AreGiven)
{
    public static CategoryLabels Of(Profile profile, CategoryOptions options)
    {
        bool given = profile.Table.Rows.Any(row => row.Category is not null);
        return options.Categories switch
        {
            CategorySource.Skill => Given(profile, FirstSkill),
            CategorySource.Found => Found(profile, options),
            CategorySource.Auto when !given => Found(profile, options),
            _ => Given(profile, row => row.Category),
        };
    }

    static CategoryLabels Given(Profile profile, Func<OutcomeRow, string?> label)
    {
        string?[] labels = [.. profile.Table.Rows.Select(label)];
        string[] names = [.. labels.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        return new CategoryLabels(names, [.. labels.Select(name => Array.IndexOf(names, name))], AreGiven: true);
    }

    /// <summary>What only the tagger says is no label: it has too many words for the same.</summary>
    static string? FirstSkill(OutcomeRow row) => row.Skills.FirstOrDefault(skill => row.Tagged?.Contains(skill) != true);

    static CategoryLabels Found(Profile profile, CategoryOptions options)
    {
        if (profile.Count == 0)
            return new CategoryLabels([], [], AreGiven: false);
        KMeans clusters = KMeans.Fit(
            [.. profile.Places.Select(place => place.Features(options.CategoryDimensions, options.CategorySurface / options.CategoryScale))],
            options.Found, options.CategorySeed);
        return new CategoryLabels(
            [.. clusters.Centroids.Select((_, cluster) => $"cluster {cluster + 1}")], clusters.Assignment, AreGiven: false);
    }
}
