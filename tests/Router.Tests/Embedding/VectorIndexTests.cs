using System.ComponentModel.DataAnnotations;
using System.Numerics.Tensors;
using Orchestrator.Router.Embedding;

namespace Orchestrator.Router.Tests.Embedding;

public sealed class VectorIndexTests
{
    const int Dimensions = 48;

    static readonly VectorIndexOptions Exact = VectorIndexOptions.Default with { ApproximateFrom = int.MaxValue };
    static readonly VectorIndexOptions Cells = VectorIndexOptions.Default with { ApproximateFrom = 100, Probes = 8 };
    static readonly float[][] Vectors = Clusters(3000, seed: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    [InlineData(100)]
    [InlineData(4000)]
    public void NearestExact_AnyCount_IsTheBeginningOfTheSortedList(int count)
    {
        VectorIndex index = VectorIndex.Of(Dimensions, Vectors, Exact);
        float[] query = Clusters(1, seed: 2)[0];

        Assert.Equal(Sorted(Vectors, query).Take(count), index.Nearest(query, count));
        Assert.False(index.IsApproximate);
    }

    [Fact]
    public void Nearest_EqualVectors_TheLowerRowIsFirst()
    {
        VectorIndex index = VectorIndex.Of(Dimensions, Enumerable.Repeat(Vectors[0], 20), Exact);

        Assert.Equal([0, 1, 2, 3, 4], index.Nearest(Vectors[0], 5).Select(neighbour => neighbour.Row));
    }

    [Fact]
    public void Nearest_Cells_FindsNearlyAllAndTheirExactCosines()
    {
        VectorIndex index = VectorIndex.Of(Dimensions, Vectors, Cells);
        float[][] queries = Clusters(100, seed: 3);

        double recall = queries.Average(query => Recall(index, query, 24));

        Assert.True(index.IsApproximate);
        Assert.True(recall >= 0.95, $"{recall}");
        Assert.All(index.Nearest(queries[0], 24), neighbour =>
            Assert.Equal(TensorPrimitives.Dot<float>(queries[0], Vectors[neighbour.Row]), neighbour.Cosine));
    }

    [Fact]
    public void Nearest_AllCellsProbed_LosesOnlyWhatTheCodesRound()
    {
        VectorIndex index = VectorIndex.Of(Dimensions, Vectors, Cells with { Probes = 4096 });

        Assert.True(Clusters(50, seed: 4).Average(query => Recall(index, query, 24)) >= 0.995);
    }

    [Fact]
    public void Nearest_MoreWantedThanTheCellsHold_SearchesAll()
    {
        VectorIndex index = VectorIndex.Of(Dimensions, Vectors, Cells with { Probes = 1 });

        Assert.Equal(Sorted(Vectors, Vectors[0]).Take(2900), index.Nearest(Vectors[0], 2900));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Add_NewVector_IsFoundAtOnce(bool cells)
    {
        VectorIndex index = VectorIndex.Of(Dimensions, Vectors, cells ? Cells : Exact);

        foreach (float[] vector in Clusters(200, seed: 6))
        {
            int row = index.NextRow;
            Assert.Equal(row, index.Add(vector));
            Assert.Equal(row, index.Nearest(vector, 1)[0].Row);
        }
        Assert.Equal(Vectors.Length + 200, index.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Remove_Row_IsFoundNoMoreAndOthersKeepTheirNumbers(bool cells)
    {
        VectorIndex index = VectorIndex.Of(Dimensions, Vectors, cells ? Cells : Exact);

        for (int row = 0; row < Vectors.Length; row += 2)
            Assert.True(index.Remove(row));

        Assert.Equal(Vectors.Length / 2, index.Count);
        for (int row = 1; row < Vectors.Length; row += 100)
            Assert.Equal(row, index.Nearest(Vectors[row], 1)[0].Row);
        Assert.All(index.Nearest(Vectors[0], 50), neighbour => Assert.Equal(1, neighbour.Row % 2));
        Assert.Equal(Vectors.Length, index.Add(Vectors[0]));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3000)]
    [InlineData(7)]
    public void Remove_NoSuchRow_IsFalse(int row)
    {
        VectorIndex index = VectorIndex.Of(Dimensions, Vectors, Cells);
        index.Remove(7);

        Assert.False(index.Remove(row));
        Assert.Equal(Vectors.Length - 1, index.Count);
    }

    [Fact]
    public void Rebuilt_OutgrownIndex_HasItsRowsAndCells()
    {
        VectorIndex index = VectorIndex.Of(Dimensions, Vectors.Take(60), Cells);
        foreach (float[] vector in Vectors.Skip(60))
            index.Add(vector);
        index.Remove(5);
        Assert.True(index.IsOutgrown);

        VectorIndex rebuilt = index.Rebuilt();

        Assert.False(index.IsApproximate);
        Assert.True(rebuilt.IsApproximate);
        Assert.False(rebuilt.IsOutgrown);
        Assert.Equal((index.Count, index.NextRow), (rebuilt.Count, rebuilt.NextRow));
        Assert.Equal(index.NearestExact(Vectors[5], 9), rebuilt.NearestExact(Vectors[5], 9));
        Assert.Equal(2000, rebuilt.Nearest(Vectors[2000], 1)[0].Row);
    }

    [Fact]
    public void Rebuilt_TwiceAsManyRows_IsWanted()
    {
        VectorIndex index = VectorIndex.Of(Dimensions, Vectors.Take(200), Cells);
        foreach (float[] vector in Vectors.Skip(200).Take(199))
            index.Add(vector);

        Assert.False(index.IsOutgrown);
        index.Add(Vectors[0]);
        Assert.True(index.IsOutgrown);
    }

    [Fact]
    public void Of_SameVectors_FindsTheSame()
    {
        VectorIndex one = VectorIndex.Of(Dimensions, Vectors, Cells), other = VectorIndex.Of(Dimensions, Vectors, Cells);

        Assert.All(Clusters(20, seed: 8), query => Assert.Equal(one.Nearest(query, 24), other.Nearest(query, 24)));
    }

    [Fact]
    public void Nearest_NoRows_IsEmpty() => Assert.Empty(VectorIndex.Of(3, []).Nearest([1, 0, 0], 5));

    [Fact]
    public void Nearest_NoneWanted_IsEmpty() => Assert.Empty(VectorIndex.Of(Dimensions, Vectors, Cells).Nearest(Vectors[0], 0));

    [Fact]
    public void Nearest_ZeroVectors_HaveCosineZero()
    {
        VectorIndex index = VectorIndex.Of(Dimensions, Enumerable.Repeat(new float[Dimensions], 200), Cells);

        Assert.All(index.Nearest(Vectors[0], 3), neighbour => Assert.Equal(0, neighbour.Cosine));
        Assert.All(index.Nearest(new float[Dimensions], 3), neighbour => Assert.Equal(0, neighbour.Cosine));
    }

    [Fact]
    public void Nearest_OtherDimensions_SaysBoth()
    {
        var error = Assert.Throws<ArgumentException>(() => VectorIndex.Of(3, [[1, 0, 0]]).Nearest([1], 1));

        Assert.Contains("1 dimensions, the index 3", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => VectorIndex.Of(3, [[1, 0, 0], [1, 0]]));
    }

    [Fact]
    public void Of_OptionOutOfRange_IsRefused() =>
        Assert.Throws<ValidationException>(() => VectorIndex.Of(3, [], Exact with { Probes = 0 }));

    /// <summary>Around 30 centres, the same for every seed.</summary>
    [Fact]
    public void NearestExact_AllowedRows_AreTheNearestOfThese()
    {
        VectorIndex index = VectorIndex.Of(Dimensions, Vectors, Cells);
        index.Remove(30);

        Neighbour[] found = index.NearestExact(Vectors[7], 5, row => row % 10 == 0);

        Assert.Equal(index.NearestExact(Vectors[7], 3000).Where(neighbour => neighbour.Row % 10 == 0).Take(5), found);
        Assert.Equal([40], index.NearestExact(Vectors[7], 5, row => row is 30 or 40).Select(neighbour => neighbour.Row));
        Assert.Empty(index.NearestExact(Vectors[7], 5, _ => false));
    }

    static float[][] Clusters(int count, int seed)
    {
        var fixedRandom = new Random(99);
        float[][] centres = [.. Enumerable.Range(0, 30).Select(_ => Unit(fixedRandom, new float[Dimensions], 1))];
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Unit(random, centres[random.Next(centres.Length)], 0.15f))];
    }

    static float[] Unit(Random random, float[] centre, float spread)
    {
        float[] vector = [.. centre.Select(value => value + (spread * ((2 * random.NextSingle()) - 1)))];
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }

    static IEnumerable<Neighbour> Sorted(float[][] vectors, float[] query) => vectors
        .Select((vector, row) => new Neighbour(row, TensorPrimitives.Dot<float>(query, vector)))
        .OrderByDescending(neighbour => neighbour.Cosine).ThenBy(neighbour => neighbour.Row);

    static double Recall(VectorIndex index, float[] query, int count) =>
        index.NearestExact(query, count).Intersect(index.Nearest(query, count)).Count() / (double)count;
}
