using Orchestrator.Router.Coverage;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Learning;

namespace Orchestrator.Bench.Routing.Novelty;

/// <summary>A way to tell how new a question is, fitted on the places of known ones.</summary>
/// <param name="Fit">Gives the score of a place: the higher, the newer.</param>
sealed record Detector(string Name, Func<QuestionPlace[], Func<QuestionPlace, double>> Fit)
{
    const int Seed = 1;

    /// <summary>Every so many known questions tell how a score is spread.</summary>
    const int HeldOut = 5;

    public static Detector Cosine { get; } = Cosines(1);

    /// <summary>That of the study: 24 centres.</summary>
    public static Detector Centres { get; } = ToCentres(24, 64, 1);

    /// <summary>That of the router, which looks for the nearest question among fewer.</summary>
    public static Detector Router { get; } = Joined(ToRows(1, 64, 1, CoverageOptions.Default.Rows), Cosine, Sum, "the router's sum of");

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
        ToRows(1, 128, 1),
        ToRows(1, 256, 1),
        ToRows(1, 256, 0.3),
        Joined(Centres, Cosine, Math.Max, "larger of"),
        Joined(Centres, Cosine, Sum, "sum of"),
        Joined(ToRows(1, 64, 1), Cosine, Math.Max, "larger of"),
        Joined(ToRows(1, 64, 1), Cosine, Sum, "sum of"),
        Joined(ToRows(1, 64, 0.3), Cosine, Sum, "sum of"),
        Joined(ToRows(1, 64, 1), Cosines(5), Sum, "sum of"),
        Joined(ToRows(1, 256, 1), Cosine, Sum, "sum of"),
        Joined(Joined(ToRows(1, 64, 1), Cosine, Sum, "sum of"), Relative(24, 64, 1), Sum, "sum of"),
        Joined(Joined(ToRows(1, 64, 1), Cosine, Sum, "sum of"), Centres, Sum, "sum of"),
        Router,
    ];

    static Detector Cosines(int neighbours) => new($"cosine, mean of {neighbours}", known =>
    {
        var index = VectorIndex.Of(known[0].Vector.Length, known.Select(place => place.Vector));
        return place => index.Nearest(place.Vector, neighbours).Average(neighbour => neighbour.Distance);
    });

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
    static Detector ToRows(int k, int dimensions, double surface, int most = int.MaxValue) => new(
        $"Mahalanobis, neighbour {k}{(most < int.MaxValue ? $" of {most}" : "")}, LSA {dimensions}, surface × {surface}",
        known =>
        {
            MahalanobisDistance metric = Distance(known, 24, dimensions, surface);
            var rows = new WhiteRows(metric, [.. known.Select(place => place.Features(dimensions, surface))], most);
            return place => rows.Nearest(place.Features(dimensions, surface), k);
        });

    /// <summary>Two scores in standard deviations of known questions that the fit had not seen.</summary>
    static Detector Joined(Detector one, Detector other, Func<double, double, double> join, string name) => new(
        $"{name}: {one.Name}; {other.Name}",
        known =>
        {
            Func<QuestionPlace, double> first = Standard(one, known), second = Standard(other, known);
            return place => join(first(place), second(place));
        });

    static Func<QuestionPlace, double> Standard(Detector detector, QuestionPlace[] known)
    {
        Func<QuestionPlace, double> part = detector.Fit([.. known.Where((_, row) => row % HeldOut != 0)]);
        double[] scores = [.. known.Where((_, row) => row % HeldOut == 0).Select(part)];
        double mean = scores.Average(), deviation = Math.Sqrt(scores.Average(score => Square(score - mean)));
        Func<QuestionPlace, double> whole = detector.Fit(known);
        return place => (whole(place) - mean) / deviation;
    }

    static double Sum(double one, double other) => one + other;

    static double Square(double value) => value * value;

    static MahalanobisDistance Distance(QuestionPlace[] known, int centres, int dimensions, double surface)
    {
        float[][] rows = [.. known.Select(place => place.Features(dimensions, surface))];
        return MahalanobisDistance.Fit(rows, KMeans.Fit(rows, centres, Seed, 30).Assignment);
    }
}
