using Orchestrator.Router.Embedding;

namespace Orchestrator.Bench.Routing.Novelty;

/// <summary>What a detector makes of a set.</summary>
/// <param name="Area">Against unseen questions of the known tasks.</param>
/// <param name="Flagged">Share beyond the bound that one in a hundred held-out training questions is beyond.</param>
sealed record SetVerdict(double Area, double Flagged);

/// <summary>Judges detectors that were fitted on all known training questions.</summary>
static class ForeignSets
{
    const int Folds = 5;
    const double Quantile = 0.99;

    /// <returns>For each set and each detector.</returns>
    public static IReadOnlyList<(QuestionSet Set, SetVerdict[] Verdicts)> Judge(
        IReadOnlyList<string> train, IReadOnlyList<QuestionSet> sets, IReadOnlyList<Detector> detectors, int dimensions)
    {
        QuestionSpace space = QuestionSpace.Of(LsaEmbedder.Fit(train, new LsaOptions { Dimensions = dimensions }), train);
        QuestionPlace[] known = [.. train.Select(space.Place)];
        QuestionPlace[][] places = [.. sets.Select(set => set.Questions.Select(space.Place).ToArray())];
        int reference = sets.ToList().FindIndex(set => set.Kind == SetKind.Known);
        var verdicts = new SetVerdict[sets.Count][];
        foreach (int set in Enumerable.Range(0, sets.Count))
            verdicts[set] = new SetVerdict[detectors.Count];
        for (int detector = 0; detector < detectors.Count; detector++)
        {
            Func<QuestionPlace, double> score = detectors[detector].Fit(known);
            double bound = BoundOf(detectors[detector], known);
            double[][] scores = [.. places.Select(set => set.Select(score).ToArray())];
            for (int set = 0; set < scores.Length; set++)
            {
                verdicts[set][detector] = new SetVerdict(
                    RocArea.Of(scores[reference], scores[set]), scores[set].Count(value => value > bound) / (double)scores[set].Length);
            }
            Console.Error.WriteLine($"Judged {detectors[detector].Name}.");
        }
        return [.. sets.Zip(verdicts)];
    }

    /// <summary>As the router sets it: each training question is scored by a fit without its fold.</summary>
    static double BoundOf(Detector detector, QuestionPlace[] known)
    {
        var scores = new List<double>();
        for (int fold = 0; fold < Folds; fold++)
        {
            Func<QuestionPlace, double> score = detector.Fit([.. known.Where((_, row) => row % Folds != fold)]);
            scores.AddRange(known.Where((_, row) => row % Folds == fold).Select(score));
        }
        scores.Sort();
        return scores[(int)(Quantile * scores.Count)];
    }
}
