using Orchestrator.Router.Learning;
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
        return options.Categories == CategorySource.Found || (options.Categories == CategorySource.Auto && !given)
            ? Found(profile, options)
            : Given(profile);
    }

    static CategoryLabels Given(Profile profile)
    {
        string[] names = [.. profile.Table.Rows.Select(row => row.Category).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        return new CategoryLabels(names, [.. profile.Table.Rows.Select(row => Array.IndexOf(names, row.Category))], AreGiven: true);
    }

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
