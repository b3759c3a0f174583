using Orchestrator.Aggregator.MixtureOfThoughts.Attention;

namespace Orchestrator.Aggregator.Tests.MixtureOfThoughts.Attention;

public sealed class LatentMathTests
{
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
    public void Products_OfTheSameNumbersElsewhere_HaveTheSameBits()
    {
        const int Rows = 6, Columns = 131;
        float[] matrix = Mixtures.Rows(1, Rows, Columns), x = Mixtures.Rows(2, 1, Columns);
        var expected = new float[Rows + (2 * Columns)];
        Compute(matrix, x, expected);
        for (int shift = 1; shift < 16; shift++)
        {
            var found = new float[expected.Length];
            float[] gap = new float[shift];
            Compute(((float[])[.. gap, .. matrix]).AsSpan(shift), ((float[])[.. gap, .. x]).AsSpan(shift), found);
            Assert.Equal(expected, found);
        }

        static void Compute(ReadOnlySpan<float> matrix, ReadOnlySpan<float> x, Span<float> results)
        {
            LatentMath.Product(matrix, x, results[..Rows]);
            LatentMath.ColumnProduct(matrix, x[..Rows], 1, results.Slice(Rows, Columns));
            LatentMath.Rms(x, matrix[..Columns], results[(Rows + Columns)..]);
        }
    }

    [Fact]
    public void Rms_Row_IsOfMeanSquareOne()
    {
        float[] row = Mixtures.Rows(1, 1, 50), gain = [.. Enumerable.Repeat(2f, 50)];
        var result = new float[50];

        LatentMath.Rms(row, gain, result);

        Assert.Equal(4, result.Average(value => (double)value * value), 4);
    }
}
