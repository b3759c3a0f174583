using Orchestrator.Router.Embedding.Lsa;

namespace Orchestrator.Router.Tests.Embedding.Lsa;

public sealed class LsaFeaturesTests
{
    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("ab", 1, 6)]
    [InlineData("ab cd", 3, 12)]
    [InlineData("12", 3, 6)]
    [InlineData("你好吗", 5, 10)]
    [InlineData("a-b", 5, 10)]
    [InlineData(" \n ", 0, 0)]
    public void Read_Text_HasItsWordsPairsAndRuns(string text, int words, int runs)
    {
        Sink sink = Read(text);

        Assert.Equal((words, runs), (sink.Words.Count, sink.Runs.Count));
    }

    [Fact]
    public void Read_OtherOrder_DiffersInPairsOnly()
    {
        Sink one = Read("red blue"), other = Read("blue red");

        Assert.Equal(one.Runs.Order(), other.Runs.Order());
        Assert.Equal(2, one.Words.Intersect(other.Words).Count());
    }

    [Fact]
    public void Read_WordAndRunOfTheSameLetters_Differ()
    {
        Sink sink = Read("ab");

        Assert.Empty(sink.Words.Intersect(sink.Runs));
        Assert.Equal(6, sink.Runs.Distinct().Count());
    }

    static Sink Read(string text)
    {
        var sink = new Sink([], []);
        LsaFeatures.Read(text, ref sink);
        return sink;
    }

    readonly record struct Sink(List<ulong> Words, List<ulong> Runs) : IFeatureSink
    {
        public void AddWord(ulong hash) => Words.Add(hash);

        public void AddCharacters(ulong hash) => Runs.Add(hash);
    }
}
