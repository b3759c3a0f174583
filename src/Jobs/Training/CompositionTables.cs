using Orchestrator.Jobs.Reports;
using Orchestrator.Router.Routing.Trials;

namespace Orchestrator.Jobs.Training;

/// <summary>The tables of a report on a composition.</summary>
static class CompositionTables
{
    /// <summary>A front may have thousands of points, which a table does not.</summary>
    const int MostRows = 24;

    public static ReportTable Map(Composed composed) => new(
        "Map", "Who answers each category; the expected score is shrunk toward the expert's mean, by the outcomes behind it.",
        ["category", "questions", "expert", "expected score", "outcomes"],
        [.. composed.Categories.OrderByDescending(category => category.Share).Select(category => (string[])
            [category.Name, $"{Words.Percent(category.Share)} %", category.Expert, Words.Percent(category.Value), $"{category.Outcomes:0.#}"])]);

    public static ReportTable Front(string title, BudgetFront front, Func<double?, string> words)
    {
        string shown = front.Points.Count > MostRows ? $"{MostRows} of {front.Points.Count} points, spread evenly." : "";
        string gap = front.Gap switch
        {
            0 => "Exact.",
            { } known => $"At any budget no map is better than its point by more than {known:0.0000}.",
            null when front.Points.Count > 0 => "Found by a search that is not exhaustive.",
            null => "",
        };
        return new ReportTable(
            title, string.Join(' ', ((string[])["What no other map beats in both.", gap, shown, .. front.Notes]).Where(note => note.Length > 0)),
            ["budget", "expected score", "experts"],
            [.. Thinned(front.Points).Select(point => (string[])[words(point.Size), Words.Percent(point.Quality), string.Join(", ", point.Experts)])]);
    }

    public static ReportTable Reasons(Composed composed) =>
        new("Reasons", "What the map was chosen by.", ["why"], [.. composed.Reasons.Select(reason => (string[])[reason])]);

    public static string Parameters(double? parameters) => parameters switch
    {
        null => "an unknown number",
        < 1e6 => $"{parameters / 1e3:0.#} K",
        < 1e9 => $"{parameters / 1e6:0.##} M",
        _ => $"{parameters / 1e9:0.##} B",
    };

    static IEnumerable<BudgetPoint> Thinned(IReadOnlyList<BudgetPoint> points) => points.Count <= MostRows
        ? points
        : Enumerable.Range(0, MostRows).Select(row => points[(int)((long)row * (points.Count - 1) / (MostRows - 1))]);
}
