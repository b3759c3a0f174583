using Orchestrator.Router.Embedding;
using Orchestrator.Router.Learning;

namespace Orchestrator.Bench.Routing.Novelty;

/// <summary>A way to tell how new a question is, fitted on the places of known ones.</summary>
/// <param name="Fit">Gives the score of a place: the higher, the newer.</param>
sealed record Detector(string Name, Func<QuestionPlace[], Func<QuestionPlace, double>> Fit)
{
    const int Seed = 1;

    public static Detector Cosine { get; } = new("nearest neighbour, cosine", known =>
    {
        var index = VectorIndex.Of(known[0].Vector.Length, known.Select(place => place.Vector));
        return place => index.Nearest(place.Vector, 1)[0].Distance;
    });

    /// <summary>That of the study: 24 centres.</summary>
    public static Detector Centres { get; } = ToCentres(24, 64, 1);

    public static IReadOnlyList<Detector> All { get; } =
    [
        Cosine,
        Centres,
        ToCentres(24, 64, 0.3),
        ToCentres(24, 64, 0.12),
        ToCentres(24, 64, 0),
        ToCentres(24, 128, 1),
        ToCentres(64, 64, 1),
        ToCentres(1, 64, 1),
        Relative(24, 64, 1),
        ToRows(5, 64, 1),
        ToRows(5, 64, 0.3),
        ToRows(5, 128, 1),
        ToRows(1, 64, 1),
    ];

    /// <summary>Mahalanobis distance to the nearest centre.</summary>
    static Detector ToCentres(int centres, int dimensions, double surface) => new(
        $"Mahalanobis, {centres} centres, LSA {dimensions}, surface × {surface}",
        known =>
        {
            MahalanobisDistance distance = Distance(known, centres, dimensions, surface);
            return place => distance.Nearest(place.Features(dimensions, surface)).Distance;
        });

    /// <summary>Less what a single Gaussian says (Ren et al. 2021): features that are odd everywhere cancel out.</summary>
    static Detector Relative(int centres, int dimensions, double surface) => new(
        $"relative Mahalanobis, {centres} centres, LSA {dimensions}, surface × {surface}",
        known =>
        {
            MahalanobisDistance near = Distance(known, centres, dimensions, surface), background = Distance(known, 1, dimensions, surface);
            return place =>
            {
                float[] features = place.Features(dimensions, surface);
                return Square(near.Nearest(features).Distance) - Square(background.Nearest(features).Distance);
            };
        });

    /// <summary>Distance to the k-th nearest known question, in the same metric.</summary>
    static Detector ToRows(int k, int dimensions, double surface) => new(
        $"Mahalanobis, neighbour {k}, LSA {dimensions}, surface × {surface}",
        known =>
        {
            MahalanobisDistance metric = Distance(known, 24, dimensions, surface);
            var rows = new WhiteRows(metric, [.. known.Select(place => place.Features(dimensions, surface))]);
            return place => rows.Nearest(place.Features(dimensions, surface), k);
        });

    static double Square(double value) => value * value;

    static MahalanobisDistance Distance(QuestionPlace[] known, int centres, int dimensions, double surface)
    {
        float[][] rows = [.. known.Select(place => place.Features(dimensions, surface))];
        return MahalanobisDistance.Fit(rows, KMeans.Fit(rows, centres, Seed, 30).Assignment);
    }
}
