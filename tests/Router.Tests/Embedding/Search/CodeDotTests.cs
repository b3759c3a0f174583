using Orchestrator.Router.Embedding.Search;

namespace Orchestrator.Router.Tests.Embedding.Search;

public sealed class CodeDotTests
{
    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(96)]
    [InlineData(512)]
    public void Of_Codes_IsTheSumOfProducts(int length)
    {
        var random = new Random(length);
        short[] query = [.. Enumerable.Range(0, length).Select(_ => (short)random.Next(-127, 128))];
        sbyte[] codes = [.. Enumerable.Range(0, length).Select(_ => (sbyte)random.Next(-127, 128))];
        int expected = query.Zip(codes).Sum(pair => pair.First * pair.Second);

        Assert.Equal(expected, CodeDot.Of(query, codes));
        Assert.Equal(expected, CodeDot.Portable(ref query[0], ref codes[0], (nuint)length));
    }

    [Fact]
    public void Of_LargestCodes_DoNotOverflow()
    {
        short[] query = [.. Enumerable.Repeat((short)-127, 4096)];
        sbyte[] codes = [.. Enumerable.Repeat((sbyte)-127, 4096)];

        Assert.Equal(4096 * 127 * 127, CodeDot.Of(query, codes));
        Assert.Equal(4096 * 127 * 127, CodeDot.Portable(ref query[0], ref codes[0], 4096));
    }
}
