namespace Orchestrator.Router.Tests.Learning;

/// <summary>Seeded data for the learners.</summary>
static class Made
{
    public static float[][] Rows(int count, int width, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Row(random, width))];
    }

    /// <summary>Rows around as many unit axes as there are classes, and the class of each.</summary>
    public static (float[][] Rows, int[] Classes) Clusters(int count, int width, int classes, double spread, int seed)
    {
        var random = new Random(seed);
        int[] labels = [.. Enumerable.Range(0, count).Select(_ => random.Next(classes))];
        float[][] rows = [.. labels.Select(label =>
        {
            float[] row = [.. Row(random, width).Select(noise => (float)(spread * noise))];
            row[label] += 1;
            return row;
        })];
        return (rows, labels);
    }

    public static double[][] Scores(int count, int models, double missing, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, models)
            .Select(_ => random.NextDouble() < missing ? double.NaN : random.NextDouble()).ToArray())];
    }

    static float[] Row(Random random, int width) =>
        [.. Enumerable.Range(0, width).Select(_ => (float)(random.NextDouble() * 2 - 1))];
}
