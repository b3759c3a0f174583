using System.Numerics.Tensors;

namespace Orchestrator.Router.Embedding;

/// <summary>
/// Cosines of a question with all profiled ones at once, dimension by dimension. What many questions share is kept as
/// whole columns and added with vector instructions; what few have, as lists.
/// </summary>
sealed class SimilarityIndex
{
    /// <summary>Columns that more than one in so many questions have are kept whole.</summary>
    const int WholeFrom = 16;

    readonly int _count;
    readonly Dictionary<int, float[]> _whole = [];
    readonly Dictionary<int, List<(int Row, float Value)>> _lists = [];

    /// <param name="vectors">Of length 1 each, or zero.</param>
    public SimilarityIndex(IReadOnlyList<SparseVector> vectors)
    {
        _count = vectors.Count;
        for (int row = 0; row < vectors.Count; row++)
        {
            foreach ((int dimension, float value) in vectors[row].Indices.Zip(vectors[row].Values))
            {
                if (!_lists.TryGetValue(dimension, out var list))
                    _lists.Add(dimension, list = []);
                list.Add((row, value));
            }
        }
        foreach ((int dimension, var list) in _lists.Where(pair => pair.Value.Count > _count / WholeFrom).ToArray())
        {
            var column = new float[_count];
            foreach ((int row, float value) in list)
                column[row] = value;
            _whole.Add(dimension, column);
            _lists.Remove(dimension);
        }
    }

    /// <returns>One cosine for each vector of the index, in its order.</returns>
    public float[] Cosines(SparseVector question)
    {
        var sums = new float[_count];
        for (int i = 0; i < question.Indices.Length; i++)
        {
            float weight = question.Values[i];
            if (_whole.TryGetValue(question.Indices[i], out float[]? column))
                TensorPrimitives.MultiplyAdd(column, weight, sums, sums);
            else if (_lists.TryGetValue(question.Indices[i], out var list))
                AddList(sums, list, weight);
        }
        return sums;
    }

    static void AddList(float[] sums, List<(int Row, float Value)> list, float weight)
    {
        foreach ((int row, float value) in list)
            sums[row] += weight * value;
    }
}
