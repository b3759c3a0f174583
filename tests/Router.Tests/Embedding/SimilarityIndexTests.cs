using Orchestrator.Router.Embedding;

namespace Orchestrator.Router.Tests.Embedding;

public sealed class SimilarityIndexTests
{
    [Fact]
    public void Cosines_SharedAndRareDimensions_AreAllPlainProducts()
    {
        var random = new Random(3);
        SparseVector[] vectors = [.. Enumerable.Range(0, 100).Select(_ => Draw(random))];
        var index = new SimilarityIndex(vectors);
        SparseVector question = Draw(random);

        float[] cosines = index.Cosines(question);

        Assert.Equal(vectors.Length, cosines.Length);
        Assert.All(vectors.Zip(cosines), pair => Assert.Equal(Product(question, pair.First), pair.Second, 4));
    }

    [Fact]
    public void Cosines_EmptyIndex_IsEmpty() => Assert.Empty(new SimilarityIndex([]).Cosines(new SparseVector([1], [1])));

    /// <summary>Dimension d is in about one vector of d + 1: the first in all of them, the last in few.</summary>
    static SparseVector Draw(Random random)
    {
        int[] indices = [.. Enumerable.Range(0, 60).Where(dimension => random.Next(dimension + 1) == 0)];
        return new SparseVector(indices, [.. indices.Select(_ => (random.NextSingle() * 2) - 1)]);
    }

    static double Product(SparseVector left, SparseVector right)
    {
        var values = right.Indices.Zip(right.Values).ToDictionary();
        return left.Indices.Zip(left.Values).Sum(entry => (double)entry.Second * values.GetValueOrDefault(entry.First));
    }
}
