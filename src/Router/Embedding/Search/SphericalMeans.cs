using System.Numerics.Tensors;

namespace Orchestrator.Router.Embedding.Search;

/// <summary>K-means by cosine on a sample: the places of the cells.</summary>
static class SphericalMeans
{
    /// <returns>The cells' centres as rows 0, 1, ….</returns>
    public static CodedRows Fit(VectorRows rows, int[] sample, int cells, VectorIndexOptions options)
    {
        var random = new Random(options.Seed);
        random.Shuffle(sample);
        float[][] centres = [.. sample.Take(cells).Select(row => rows[row].ToArray())];
        CodedRows coded = Code(centres, rows.Dimensions);
        for (int round = 0; round < options.Rounds; round++)
        {
            foreach (float[] centre in centres)
                Array.Clear(centre);
            foreach (int row in sample)
            {
                float[] centre = centres[NearestOf(coded, rows[row])];
                TensorPrimitives.Add(centre, rows[row], centre);
            }
            foreach (float[] centre in centres)
                MakeUnit(centre, rows[sample[random.Next(sample.Length)]]);
            coded = Code(centres, rows.Dimensions);
        }
        return coded;
    }

    public static int NearestOf(CodedRows centres, ReadOnlySpan<float> vector)
    {
        int stride = CodeDot.StrideOf(vector.Length);
        return centres.Nearest(CodedQuery.Of(vector, stackalloc sbyte[stride], stackalloc short[stride]));
    }

    /// <summary>An empty cell begins again at a row of the sample.</summary>
    static void MakeUnit(float[] centre, ReadOnlySpan<float> other)
    {
        float norm = TensorPrimitives.Norm<float>(centre);
        if (norm > 0)
            TensorPrimitives.Divide(centre, norm, centre);
        else
            other.CopyTo(centre);
    }

    static CodedRows Code(float[][] centres, int dimensions)
    {
        var coded = new CodedRows(dimensions, centres.Length);
        for (int cell = 0; cell < centres.Length; cell++)
            coded.Add(cell, centres[cell]);
        return coded;
    }
}
