using Orchestrator.Router.Embedding.Lsa;

namespace Orchestrator.Router.Tests.Embedding.Lsa;

public sealed class OrthogonalTests
{
    [Fact]
    public void Eigen_SymmetricMatrix_GivesItsPairs()
    {
        double[][] matrix = Gram(12, 40, seed: 1);

        var pairs = Orthogonal.Eigen([.. matrix.Select(row => row.ToArray())]);

        Assert.Equal(pairs.Select(pair => pair.Value).OrderDescending(), pairs.Select(pair => pair.Value));
        foreach ((double value, double[] vector) in pairs)
        {
            for (int i = 0; i < matrix.Length; i++)
                Assert.Equal(value * vector[i], matrix[i].Zip(vector).Sum(entry => entry.First * entry.Second), 5);
            Assert.Equal(1, vector.Sum(entry => entry * entry), 8);
        }
    }

    [Fact]
    public void Eigen_LessThanFullRank_HasZerosForTheRest()
    {
        var pairs = Orthogonal.Eigen(Gram(12, 5, seed: 2));

        Assert.All(pairs[..5], pair => Assert.True(pair.Value > 0.1));
        Assert.All(pairs[5..], pair => Assert.InRange(pair.Value, 0, 1e-8));
    }

    [Fact]
    public void Orthonormalise_DependentColumn_BecomesZero()
    {
        float[][] columns = [[3, 0, 4, 0], [1, 2, 3, 4], [4, 2, 7, 4], [0, 0, 0, 0]];

        Orthogonal.Orthonormalise(columns);

        Assert.Equal(0.6f, columns[0][0], 5);
        Assert.Equal(0, columns[0].Zip(columns[1]).Sum(pair => pair.First * pair.Second), 5);
        Assert.All(columns[2..].SelectMany(column => column), value => Assert.Equal(0, value));
    }

    static double[][] Gram(int size, int rank, int seed)
    {
        var random = new Random(seed);
        double[][] factors = [.. Enumerable.Range(0, size).Select(_ => Enumerable.Range(0, rank).Select(_ => random.NextDouble() - 0.5).ToArray())];
        return [.. factors.Select(left => factors.Select(right => left.Zip(right).Sum(pair => pair.First * pair.Second)).ToArray())];
    }
}
