using Orchestrator.Host.Tools.Hermes;

namespace Orchestrator.Host.Tests.Tools.Hermes;

public sealed class HermesReaderTests
{
    const string Price = "<tool_call>\n{\"name\": \"price\", \"arguments\": {\"of\": \"muog\"}}\n</tool_call>";

    [Theory]
    [InlineData("Hello, a < b and <tool", "Hello, a < b and <tool")]
    [InlineData("ends with space \n", "ends with space \n")]
    [InlineData(Price, "", "price {\"of\": \"muog\"}")]
    [InlineData("Let me look.\n" + Price, "Let me look.", "price {\"of\": \"muog\"}")]
    [InlineData(Price + "\n" + Price, "", "price {\"of\": \"muog\"}", "price {\"of\": \"muog\"}")]
    [InlineData(Price + "\n\nDone. ", "Done. ", "price {\"of\": \"muog\"}")]
    [InlineData("<tool_call>{\"name\": \"now\"}</tool_call>", "", "now {}")]
    [InlineData("<tool_call>{\"name\": \"now\", \"arguments\": null}</tool_call>", "", "now {}")]
    [InlineData("<tool_call>{\"arguments\": \"{\\\"a\\\": 1}\", \"name\": \"f\"}</tool_call>", "", "f {\"a\": 1}")]
    [InlineData("<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": \"\\\"</tool_call>\\\\\"}}</tool_call>", "", "f {\"a\": \"\\\"</tool_call>\\\\\"}")]
    [InlineData("<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": \"</tool_call>, \\\"</tool_call>\"}}</tool_call> b", "b", "f {\"a\": \"</tool_call>, \\\"</tool_call>\"}")]
    [InlineData("a \n  <tool \n <tool_call>{\"name\": \"now\"}</tool_call> \n ", "a \n  <tool", "now {}")]
    [InlineData("<tool_call>\n{\"name\": \"now\", \"arguments\": {}}\n", "", "now {}")]
    [InlineData("<<tool_call>{\"name\": \"now\"}</tool_call>", "<", "now {}")]
    [InlineData("a <tool_call>{oops}</tool_call> b", "a <tool_call>{oops}</tool_call> b")]
    [InlineData("<tool_call>{\"name\": 5}</tool_call>", "<tool_call>{\"name\": 5}</tool_call>")]
    [InlineData("<tool_call>{\"name\": \"\\ud800\"}</tool_call>", "<tool_call>{\"name\": \"\\ud800\"}</tool_call>")]
    [InlineData("<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": 1, \"a\": 2}}</tool_call>", "<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": 1, \"a\": 2}}</tool_call>")]
    [InlineData("<tool_call>{\"name\": \"f\", \"name\": \"g\"}</tool_call>", "<tool_call>{\"name\": \"f\", \"name\": \"g\"}</tool_call>")]
    [InlineData("<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": \"\\ud800\"}}</tool_call>", "<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": \"\\ud800\"}}</tool_call>")]
    [InlineData("<tool_call>{\"name\": \"f\", \"arguments\": \"{\\\"a\\\": 1, \\\"a\\\": 2}\"}</tool_call>", "<tool_call>{\"name\": \"f\", \"arguments\": \"{\\\"a\\\": 1, \\\"a\\\": 2}\"}</tool_call>")]
    [InlineData("<tool_call>{\"name\": \"f\", \"arguments\": [1]}</tool_call>", "<tool_call>{\"name\": \"f\", \"arguments\": [1]}</tool_call>")]
    [InlineData("<tool_call>[]</tool_call>\n" + Price, "<tool_call>[]</tool_call>", "price {\"of\": \"muog\"}")]
    [InlineData("cut off <tool_call>{\"name\": \"f\", \"argu", "cut off <tool_call>{\"name\": \"f\", \"argu")]
    public void Read_HoweverItIsSplit_FindsTextAndCalls(string written, string text, params string[] calls)
    {
        for (var at = 0; at <= written.Length; at++)
            AssertRead([written[..at], written[at..]], text, calls);
        AssertRead(written.Select(c => $"{c}"), text, calls);
    }

    [Fact]
    public void Read_PlainText_IsToldAtOnce() => Assert.Equal("Hello", Assert.Single(new HermesReader().Read("Hello ")).Text);

    [Fact]
    public void Read_TextBeforeACall_IsToldBeforeTheCallEnds()
    {
        var reader = new HermesReader();

        Assert.Equal("Let me look.", Assert.Single(reader.Read("Let me look. <tool")).Text);
        Assert.Empty(reader.Read("_call>{\"name\": \"now\"}"));
        Assert.Equal("now", Assert.Single(reader.Read("</tool_call>")).Call!.Value.Name);
        Assert.Empty(reader.End());
    }

    /// <summary>What is held must not be copied for each piece: that would be two gigabytes here.</summary>
    [Theory]
    [InlineData("<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": \"", "muog ")]
    [InlineData("a", "     ")]
    public void Read_LongUndecided_AllocatesInProportion(string begun, string piece)
    {
        const int Pieces = 20_000;
        var reader = new HermesReader();
        var before = GC.GetAllocatedBytesForCurrentThread();

        reader.Read(begun);
        for (var i = 0; i < Pieces; i++) Assert.Empty(reader.Read(piece));
        var rest = reader.End();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Pieces * 4000L);
        Assert.EndsWith(string.Concat(Enumerable.Repeat(piece, Pieces)), Assert.Single(rest).Text, StringComparison.Ordinal);
    }

    static void AssertRead(IEnumerable<string> pieces, string text, string[] calls)
    {
        var reader = new HermesReader();
        var read = pieces.SelectMany(reader.Read).ToList();
        read.AddRange(reader.End());
        Assert.Equal(text, string.Concat(read.Select(piece => piece.Text)));
        Assert.Equal(calls, read.Where(piece => piece.Call is not null).Select(piece => $"{piece.Call!.Value.Name} {piece.Call.Value.Arguments}"));
    }
}
