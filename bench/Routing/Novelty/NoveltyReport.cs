using System.Globalization;

namespace Orchestrator.Bench.Routing.Novelty;

/// <summary>The tables of <see cref="NoveltyCommand"/>.</summary>
static class NoveltyReport
{
    public static string ToMarkdown(
        IReadOnlyList<(string Task, double[] Areas)> unseen, IReadOnlyList<Detector> detectors, int chosen,
        IReadOnlyList<(QuestionSet Set, SetVerdict[] Verdicts)> foreign, IReadOnlyList<Detector> shown, int known)
    {
        return string.Join("\n\n",
        [
            "# Novelty",
            $"Known are the {known} training questions of routerdc7. AUROC: the chance that a question of the set looks newer than an unseen question of the known tasks.",
            "## One known task left out at a time: what the detector is chosen by",
            Report.Table(
                ["detector", .. unseen.Select(task => task.Task), "mean"],
                detectors.Select((detector, column) => (IReadOnlyList<string>)[
                    column == chosen ? $"**{detector.Name}**" : detector.Name,
                    .. unseen.Select(task => Area(task.Areas[column])), Area(unseen.Average(task => task.Areas[column]))])),
            "## Sets that no choice was made on",
            "AUROC, and the share in % that is flagged as novel at the bound that one in a hundred held-out training questions is beyond. Of known "
                + "and rewritten questions all that are flagged are false alarms.",
            Report.Table(
                ["set", "questions", .. shown.SelectMany(detector => new[] { detector.Name, "flagged %" })],
                foreign.Select(row => (IReadOnlyList<string>)[
                    $"{Kind(row.Set.Kind)}: {row.Set.Name}", $"{row.Set.Questions.Count}",
                    .. row.Verdicts.SelectMany(verdict => new[] { Area(verdict.Area), Report.Percent(verdict.Flagged) })])
                .Append([
                    "mean of the foreign sets", "",
                    .. shown.SelectMany((_, column) => new[] { Area(Mean(column, verdict => verdict.Area)), Report.Percent(Mean(column, verdict => verdict.Flagged)) })])),
            Machine.Describe(TimeProvider.System),
        ]) + "\n";

        double Mean(int column, Func<SetVerdict, double> value) =>
            foreign.Where(row => row.Set.Kind == SetKind.Foreign).Average(row => value(row.Verdicts[column]));
    }

    static string Area(double area) => area.ToString("0.000", CultureInfo.InvariantCulture);

    static string Kind(SetKind kind) => kind switch
    {
        SetKind.Known => "known",
        SetKind.Reformatted => "rewritten",
        _ => "foreign",
    };
}
