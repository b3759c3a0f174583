using Orchestrator.Aggregator.MixtureOfThoughts.Attention;

namespace Orchestrator.Aggregator.Tests.MixtureOfThoughts.Attention;

public sealed class LatentMathTests
{
    [Fact]
    public void DotAndSum_EveryLength_AreTheNumbers()
    {
        for (int length = 0; length < 70; length++)
        {
            float[] x = Mixtures.Rows(length, 1, length), y = Mixtures.Rows(length + 1, 1, length);

            Assert.Equal(x.Zip(y).Sum(pair => (double)pair.First * pair.Second), LatentMath.Dot(x, y), 4);
            Assert.Equal(x.Sum(value => (double)value), LatentMath.Sum(x), 4);
        }
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(4, 8)]
    [InlineData(7, 61)]
    [InlineData(16, 128)]
    public void Product_AnyShape_IsEachRowsProduct(int rows, int columns)
    {
        float[] matrix = Mixtures.Rows(1, rows, columns), x = Mixtures.Rows(2, 1, columns);
        var result = new float[rows];

        LatentMath.Product(matrix, x, result);

        for (int row = 0; row < rows; row++)
            Assert.Equal(x.Select((value, i) => (double)value * matrix[(row * columns) + i]).Sum(), result[row], 4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(13)]
    [InlineData(32)]
    [InlineData(60)]
    [InlineData(129)]
    public void ColumnProduct_AnyNumberOfColumns_IsEachColumnsProduct(int columns)
    {
        float[] matrix = Mixtures.Rows(1, 5, columns), x = Mixtures.Rows(2, 1, 5);
        var result = new float[columns];

        LatentMath.ColumnProduct(matrix, x, 0.5f, result);

        for (int column = 0; column < columns; column++)
            Assert.Equal(0.5 + x.Select((value, i) => (double)value * matrix[(i * columns) + column]).Sum(), result[column], 4);
    }

    [Fact]
    public void Sums_OfTheSameNumbersElsewhere_HaveTheSameBits()
    {
        float[] x = Mixtures.Rows(1, 1, 2_000);
        for (int shift = 1; shift < 16; shift++)
        {
            float[] moved = [.. new float[shift], .. x];

            Assert.Equal(LatentMath.Dot(x, x), LatentMath.Dot(moved.AsSpan(shift), moved.AsSpan(shift)));
            Assert.Equal(LatentMath.Sum(x), LatentMath.Sum(moved.AsSpan(shift)));
        }
    }
}
