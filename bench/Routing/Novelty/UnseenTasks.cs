using Orchestrator.Router.Embedding;

namespace Orchestrator.Bench.Routing.Novelty;

/// <summary>
/// Leaves one task of the known ones out at a time, the space of the embedding included: what detectors are chosen by, as no
/// foreign set may be looked at for that. Each is judged as it is and bare, since benchmarks' frames and options are told from each other
/// too easily.
/// </summary>
static class UnseenTasks
{
    /// <summary>Every fifth known question is kept back, to be told from the unseen task.</summary>
    const int HeldBack = 5;

    /// <returns>For each task left out and each detector the area under the curve.</returns>
    public static IReadOnlyList<(string Task, double[] Areas)> Judge(
        IReadOnlyList<NoveltyRow> train, IReadOnlyList<Detector> detectors, int dimensions)
    {
        var areas = new List<(string, double[])>();
        foreach (var unseen in train.GroupBy(QuestionSets.TaskOf))
        {
            string[] others = [.. train.Where(row => QuestionSets.TaskOf(row) != unseen.Key).Select(row => row.Text)];
            string[] fitted = [.. others.Where((_, row) => row % HeldBack != 0)];
            QuestionSpace space = QuestionSpace.Of(LsaEmbedder.Fit(fitted, new LsaOptions { Dimensions = dimensions }), fitted);
            QuestionPlace[] known = [.. fitted.Select(space.Place)];
            QuestionPlace[] kept = [.. others.Where((_, row) => row % HeldBack == 0).Select(space.Place)];
            QuestionPlace[] novel = [.. unseen.Select(row => space.Place(row.Text))];
            QuestionPlace[] bare = [.. unseen.Select(row => space.Place(Reformatting.OnlyQuestion(row.Text)))];
            (double AsItIs, double Bare)[] judged = [.. detectors.Select(detector =>
            {
                Func<QuestionPlace, double> score = detector.Fit(known);
                double[] usual = [.. kept.Select(score)];
                return (RocArea.Of(usual, [.. novel.Select(score)]), RocArea.Of(usual, [.. bare.Select(score)]));
            })];
            areas.Add((unseen.Key, [.. judged.Select(each => each.AsItIs)]));
            areas.Add(($"{unseen.Key}, bare", [.. judged.Select(each => each.Bare)]));
            Console.Error.WriteLine($"Left out {unseen.Key}.");
        }
        return areas;
    }
}
