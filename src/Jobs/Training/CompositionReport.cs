using Orchestrator.Jobs.Reports;
using Orchestrator.Router.Routing.Trials;

namespace Orchestrator.Jobs.Training;

/// <summary>Words a composition of experts: for a terminal, and as a page with what each budget buys.</summary>
public static class CompositionReport
{
    public static string Text(Composed composed, BudgetFront byResident, BudgetFront byActive)
    {
        Report report = Of(composed, byResident, byActive);
        return string.Join(Environment.NewLine,
        [
            report.Title, .. report.Facts, .. report.Tables.SelectMany(table => (string[])
                ["", $"{table.Title}. {table.Note}", .. TextColumns.Align([table.Header, .. table.Rows])]),
        ]);
    }

    /// <summary>One page that needs nothing else.</summary>
    public static string Html(Composed composed, BudgetFront byResident, BudgetFront byActive) =>
        HtmlReport.Write(Of(composed, byResident, byActive), [.. Plots(composed, byResident, byActive)]);

    static Report Of(Composed composed, BudgetFront byResident, BudgetFront byActive) => new(
        "Composition of experts", [.. Facts(composed)], [],
        [
            CompositionTables.Map(composed),
            CompositionTables.Front("Quality by resident memory", byResident, Bytes),
            CompositionTables.Front("Quality by mean active parameters", byActive, CompositionTables.Parameters),
            CompositionTables.Reasons(composed),
        ]);

    static IEnumerable<string> Facts(Composed composed)
    {
        string kind = composed.CategoriesAreGiven ? "given" : "found by clustering";
        yield return $"{composed.Categories.Count} categories, {kind}: the classifier names {Words.Percent(composed.Accuracy)} % of those that it has "
            + $"not seen (temperature {composed.Temperature:0.00}).";
        yield return composed.Floor > 0
            ? $"Up to a probability of {composed.Floor:0.0000} the generalist {composed.Generalist} answers."
            : $"However uncertain the category, its expert answers: the generalist {composed.Generalist} would not have done better.";
        yield return $"Resident: {Bytes(composed.Resident.Used)} of {Limit(Bytes(composed.Resident.Limit), composed.Resident)}; active in the mean: "
            + $"{CompositionTables.Parameters(composed.Active.Used)} of {Limit(CompositionTables.Parameters(composed.Active.Limit), composed.Active)}.";
        yield return $"Expected score {Words.Percent(composed.Quality)} %, without budgets {Words.Percent(composed.QualityWithoutBudget)} %. "
            + $"On questions held out of the fit: {Words.Percent(composed.HeldOut)} %; the best single expert, {composed.BestSingle.Expert}: "
            + $"{Words.Percent(composed.BestSingle.Score)} %.";
    }

    static string Bytes(double? bytes) => bytes is { } known ? Words.Mebibytes((long)known) : "an unknown amount";

    static string Limit(string words, Spent spent) => spent.Limit is null ? "any amount" : words;

    static IEnumerable<(string Title, string Svg)> Plots(Composed composed, BudgetFront byResident, BudgetFront byActive)
    {
        if (byResident.Points.Count > 0)
            yield return ("Quality by resident memory", FrontPlot.Draw(byResident, "MiB of resident memory", 1 << 20, composed.Resident, composed.Quality));
        if (byActive.Points.Count > 0)
            yield return ("Quality by mean active parameters", FrontPlot.Draw(byActive, "million active parameters, in the mean", 1e6, composed.Active, composed.Quality));
    }
}
