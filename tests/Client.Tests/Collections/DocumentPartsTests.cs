using System.Text.Json;
using Orchestrator.Client.Collections;

namespace Orchestrator.Client.Tests.Collections;

public sealed class DocumentPartsTests
{
    [Fact]
    public void Of_ManyLongDocuments_StaysBelowTheBytesInTheirOrder()
    {
        var parts = DocumentParts.Of(Enumerable.Range(0, 1000).Select(i => Document($"d{i}", 5000))).ToList();

        Assert.True(parts.Count > 1);
        Assert.All(parts, part => Assert.True(part.Length <= DocumentParts.MostBytes));
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"d{i}"), parts.SelectMany(Ids));
    }

    [Fact]
    public void Of_OneThatIsLarger_GoesAlone() =>
        Assert.Equal(
            ["a", "big", "b c"],
            DocumentParts.Of([Document("a", 1), Document("big", DocumentParts.MostBytes), Document("b", 1), Document("c", 1)]).Select(part => string.Join(' ', Ids(part))));

    [Fact]
    public void Of_TwoThatFitExactly_StayTogether()
    {
        var around = DocumentParts.Of([Document("a", 0), Document("b", 0)]).Single().Length;

        Assert.Single(DocumentParts.Of([Document("a", 1), Document("b", DocumentParts.MostBytes - around - 1)]));
        Assert.Equal(2, DocumentParts.Of([Document("a", 1), Document("b", DocumentParts.MostBytes - around)]).Count());
    }

    [Fact]
    public void Of_ManyShortDocuments_AreAThousandEach() =>
        Assert.Equal([1000, 500], DocumentParts.Of(Enumerable.Range(0, 1500).Select(i => Document($"d{i}", 1))).Select(part => Ids(part).Count));

    [Fact]
    public void Of_None_IsNone() => Assert.Empty(DocumentParts.Of([]));

    static CollectionDocument Document(string id, int length) => new(id, new string('x', length));

    static List<string> Ids(ReadOnlyMemory<byte> part) =>
        [.. JsonElement.Parse(part.Span).GetProperty("documents").EnumerateArray().Select(document => document.GetProperty("id").GetString()!)];
}
