using Orchestrator.Host.Tools;
using Orchestrator.Host.Tools.Hermes;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.Tests.Tools;

public sealed class CallingTests
{
    const string Call = "<tool_call>\n{\"name\": \"now\", \"arguments\": {}}\n</tool_call>";

    [Theory]
    [InlineData("<tool")]
    [InlineData("<tool_call>")]
    [InlineData("<tool_call>\n{\"name\": \"now\", \"arguments\": {")]
    public async Task ReadAsync_CutOff_IsTextUnlessForced(string written)
    {
        Assert.Equal([new("", Finish: FinishReason.Length)], await ReadAsync(written, Use("now")));
        Assert.Equal([new(written), new("", Finish: FinishReason.Length)], await ReadAsync(written, Use()));
    }

    [Fact]
    public async Task ReadAsync_ForcedCallWithoutItsClosingTag_IsACall() =>
        Assert.Equal("now", (await ReadAsync(Call[..^"</tool_call>".Length], Use("now")))[0].Call?.Name);

    [Fact]
    public async Task ReadAsync_ForcedCallThatNobodyCanRead_IsText()
    {
        const string Twice = "<tool_call>\n{\"name\": \"now\", \"arguments\": {\"a\": 1, \"a\": 2}}\n</tool_call>";

        Assert.Equal(Twice, (await ReadAsync(Twice, Use("now")))[0].Text);
    }

    static ToolUse Use(params string[] forced) => new() { Offered = [new ToolDefinition("now", null, null)], Forced = forced };

    static async Task<List<AnswerPiece>> ReadAsync(string written, ToolUse use)
    {
        GenerationChunk[] chunks = [new(written), new("", FinishReason.Length)];
        return await new Calling(HermesFormat.Format, use).ReadAsync(chunks.ToAsyncEnumerable()).ToListAsync();
    }
}
