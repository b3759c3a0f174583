using Orchestrator.Router.Learning;

namespace Orchestrator.Router.Pilots.Training;

/// <summary>
/// Finds the floor that keeps strangers from pilots: a low quantile of the cosines between queries and the nearest pilot of
/// their own group, made without them.
/// </summary>
static class PilotFloor
{
    /// <summary>Every so-manieth query of a group is held out, in turn.</summary>
    const int Folds = 5;

    /// <returns>Null when no group is large enough to hold some out.</returns>
    public static double? Of(IReadOnlyList<PilotSample> samples, PilotTrainingOptions options)
    {
        double[] cosines = [.. PilotGroup.Of(samples, options).Where(group => group.Vectors.Length >= Folds).SelectMany(group => HeldOut(group, options)).Order()];
        return cosines.Length == 0 ? null : Math.Round(cosines[(int)(options.FloorQuantile * (cosines.Length - 1))], 4);
    }

    static IEnumerable<double> HeldOut(PilotGroup group, PilotTrainingOptions options)
    {
        float[][] shuffled = [.. group.Vectors];
        new Random(options.Seed).Shuffle(shuffled);
        for (int fold = 0; fold < Folds; fold++)
        {
            KMeans means = (group with { Vectors = [.. shuffled.Where((_, i) => i % Folds != fold)] }).Centres(options);
            foreach (float[] query in shuffled.Where((_, i) => i % Folds == fold))
                yield return means.Nearest(query, 1)[0].Cosine;
        }
    }
}
