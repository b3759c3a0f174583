using System.Numerics.Tensors;

namespace Orchestrator.Router.Learning;

/// <summary>A cluster near a row, and the cosine between the row and its centroid, −1…1.</summary>
readonly record struct NearCluster(int Cluster, double Cosine);

/// <summary>
/// Spherical k-means: clusters of directions, centroids of unit length. Seeded by k-means++, a cluster that runs empty takes
/// the row that fits its own cluster worst. A row of zeros has no direction, and is assigned to cluster 0.
/// </summary>
sealed class KMeans
{
    KMeans(float[][] centroids, int[] assignment) => (Centroids, Assignment) = (centroids, assignment);

    /// <summary>Unit vectors; fewer than asked for when the rows have fewer directions.</summary>
    public float[][] Centroids { get; }

    /// <summary>The cluster of each row.</summary>
    public int[] Assignment { get; }

    /// <param name="rows">Of any length: only their direction counts. Not kept.</param>
    /// <param name="clusters">At least 1.</param>
    /// <param name="seed">The same seed gives the same clusters.</param>
    /// <param name="rounds">Assignments at most; it ends when none changes.</param>
    /// <exception cref="ArgumentException">No rows, uneven rows, or less than one cluster or round.</exception>
    public static KMeans Fit(IReadOnlyList<float[]> rows, int clusters, int seed, int rounds = 100)
    {
        if (clusters < 1 || rounds < 1)
            throw new ArgumentException($"{clusters} clusters in {rounds} rounds were asked for; at least 1 of each.", nameof(clusters));
        Inputs.Width(rows);
        float[][] units = [.. rows.Select(Unit)];
        float[][] centroids = Seeds(units, clusters, new Random(seed));
        int[] assignment = [.. units.Select(row => Best(centroids, row).Cluster)];
        for (int round = 1; round < rounds; round++)
        {
            Refill(units, centroids, assignment);
            centroids = Means(units, centroids, assignment);
            int[] next = [.. units.Select(row => Best(centroids, row).Cluster)];
            if (next.AsSpan().SequenceEqual(assignment))
                break;
            assignment = next;
        }
        return new KMeans(centroids, assignment);
    }

    /// <param name="row">Of any length.</param>
    /// <param name="count">Clusters wanted; fewer come back when there are fewer.</param>
    /// <returns>The nearest first.</returns>
    public NearCluster[] Nearest(ReadOnlySpan<float> row, int count)
    {
        float[] unit = Unit(row);
        return [.. Centroids.Select((centroid, cluster) => new NearCluster(cluster, TensorPrimitives.Dot<float>(centroid, unit)))
            .OrderByDescending(near => near.Cosine).ThenBy(near => near.Cluster).Take(count)];
    }

    static float[] Unit(float[] row) => Unit((ReadOnlySpan<float>)row);

    static float[] Unit(ReadOnlySpan<float> row)
    {
        float[] unit = row.ToArray();
        float length = TensorPrimitives.Norm(row);
        if (length > 0)
            TensorPrimitives.Divide(unit, length, unit);
        return unit;
    }

    static NearCluster Best(float[][] centroids, float[] row)
    {
        var best = new NearCluster(0, double.NegativeInfinity);
        for (int cluster = 0; cluster < centroids.Length; cluster++)
        {
            double cosine = TensorPrimitives.Dot<float>(centroids[cluster], row);
            if (cosine > best.Cosine)
                best = new NearCluster(cluster, cosine);
        }
        return best;
    }

    /// <summary>k-means++: each next seed is drawn in proportion to its distance 1 − cos from the seeds so far.</summary>
    static float[][] Seeds(float[][] units, int clusters, Random random)
    {
        // Rounding leaves a row about 1e-7 away from its own copy.
        const double Same = 1e-6;
        float[][] directions = [.. units.Where(row => TensorPrimitives.SumOfSquares<float>(row) > 0)];
        if (directions.Length == 0)
            return [units[0]];
        List<float[]> seeds = [directions[random.Next(directions.Length)]];
        double[] distances = [.. directions.Select(_ => double.PositiveInfinity)];
        while (true)
        {
            for (int row = 0; row < distances.Length; row++)
            {
                double distance = 1 - TensorPrimitives.Dot<float>(seeds[^1], directions[row]);
                distances[row] = Math.Min(distances[row], distance > Same ? distance : 0);
            }
            double draw = distances.Sum() * random.NextDouble();
            int chosen = Array.FindLastIndex(distances, distance => distance > 0);
            if (seeds.Count == clusters || chosen < 0)
                return [.. seeds];
            for (int row = 0; row < chosen; row++)
                if ((draw -= distances[row]) < 0)
                    chosen = row;
            seeds.Add(directions[chosen]);
        }
    }

    static float[][] Means(float[][] units, float[][] before, int[] assignment)
    {
        float[][] sums = [.. before.Select(centroid => new float[centroid.Length])];
        for (int row = 0; row < units.Length; row++)
            TensorPrimitives.Add(sums[assignment[row]], units[row], sums[assignment[row]]);
        // Opposite rows can cancel out: the centroid then stays where it was.
        return [.. sums.Select((sum, cluster) => TensorPrimitives.Norm<float>(sum) > 1e-6f ? Unit(sum) : before[cluster])];
    }

    static void Refill(float[][] units, float[][] centroids, int[] assignment)
    {
        var sizes = new int[centroids.Length];
        foreach (int cluster in assignment)
            sizes[cluster]++;
        for (int empty = 0; empty < sizes.Length; empty++)
        {
            if (sizes[empty] > 0)
                continue;
            // There are no more centroids than rows, so that another cluster has two.
            int worst = Enumerable.Range(0, units.Length).Where(row => sizes[assignment[row]] > 1)
                .MinBy(row => TensorPrimitives.Dot<float>(centroids[assignment[row]], units[row]));
            sizes[assignment[worst]]--;
            assignment[worst] = empty;
            sizes[empty] = 1;
        }
    }
}
