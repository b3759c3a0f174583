using System.ComponentModel.DataAnnotations;
using Orchestrator.Retrieval.Lexical;

namespace Orchestrator.Retrieval.Tests.Lexical;

public sealed class Bm25IndexTests
{
    [Fact]
    public void Search_OneTerm_ScoresByTheFormula()
    {
        Bm25Index index = Of("boundary layer flow", "flow flow", "wing");

        LexicalHit[] hits = index.Search("flow", 10);

        // Three documents, two with the term; lengths 3, 2 and 1.
        double idf = Math.Log(1 + (1.5 / 2.5));
        Assert.Equal([1, 0], hits.Select(hit => hit.Row));
        Assert.Equal(idf * 2 / (2 + (1.2 * (0.25 + (0.75 * 2 / 2)))), hits[0].Score, 12);
        Assert.Equal(idf * 1 / (1 + (1.2 * (0.25 + (0.75 * 3 / 2)))), hits[1].Score, 12);
    }

    [Fact]
    public void Search_RareTerm_CountsMoreThanCommonOne()
    {
        Bm25Index index = Of("red car", "red house", "red tree", "blue car");

        Assert.Equal(3, index.Search("red blue", 1)[0].Row);
    }

    [Fact]
    public void Search_EqualScores_PutsTheLowerRowFirst() =>
        Assert.Equal([0, 1], Of("red", "red", "red").Search("red", 2).Select(hit => hit.Row));

    [Theory]
    [InlineData("")]
    [InlineData("the of and")]
    [InlineData("unknown")]
    public void Search_NothingShared_FindsNothing(string query) => Assert.Empty(Of("red car").Search(query, 5));

    [Fact]
    public void Search_RepeatedTerm_CountsAsOften()
    {
        Bm25Index index = Of("red", "blue");

        Assert.Equal(2 * index.Search("red", 1)[0].Score, index.Search("red red", 1)[0].Score, 12);
    }

    [Fact]
    public void Search_Filtered_FindsAllowedRowsOnly() =>
        Assert.Equal([1], Of("red", "red", "red").Search("red", 1, row => row == 1).Select(hit => hit.Row));

    [Fact]
    public void Remove_Rows_LeavesAnIndexThatScoresLikeOneWithoutThem()
    {
        var random = new Random(1);
        string[] texts = [.. Enumerable.Range(0, 3000).Select(_ => string.Join(' ', Enumerable.Range(0, 12).Select(_ => $"w{random.Next(300)}")))];
        Bm25Index index = Of(texts);
        for (int row = 0; row < texts.Length; row++)
        {
            if (row % 4 > 0)
                Assert.True(index.Remove(row));
        }
        Bm25Index fresh = Of([.. texts.Where((_, row) => row % 4 == 0)]);

        LexicalHit[] expected = fresh.Search("w1 w2 w3", 20);
        Assert.Equal(750, index.Count);
        Assert.Equal(expected.Select(hit => (4 * hit.Row, hit.Score)), index.Search("w1 w2 w3", 20).Select(hit => (hit.Row, hit.Score)));
        Assert.True(index.Bytes < 0.65 * Of(texts).Bytes);
    }

    [Fact]
    public void Remove_Twice_IsRefused()
    {
        Bm25Index index = Of("red");

        Assert.True(index.Remove(0));
        Assert.False(index.Remove(0));
        Assert.False(index.Remove(7));
        Assert.Empty(index.Search("red", 5));
        Assert.Equal(1, index.Add("red"));
        Assert.Equal(1, index.Search("red", 5).Single().Row);
    }

    [Fact]
    public void Create_OptionOutOfRange_IsRefused() =>
        Assert.Throws<ValidationException>(() => new Bm25Index(new Bm25Options { B = 1.5 }));

    static Bm25Index Of(params string[] texts)
    {
        var index = new Bm25Index();
        foreach (string text in texts)
            index.Add(text);
        return index;
    }
}
