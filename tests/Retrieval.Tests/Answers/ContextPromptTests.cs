using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Retrieval.Answers;

namespace Orchestrator.Retrieval.Tests.Answers;

public sealed class ContextPromptTests
{
    static readonly Passage[] Two = [new("a", "muog costs\n93 coins.", 0.9), new("b", "  xib is on shelf K2. ", 0.1)];

    [Fact]
    public void Of_Passages_StandBeforeTheLastUserMessage()
    {
        ChatTurn[] messages = [new("system", "Be brief."), new("user", "Hello?"), new("assistant", "Hi."), new("user", "What does muog cost?")];

        var asked = ContextPrompt.Of(messages, Two);

        Assert.Equal(messages[..3], asked.Take(3));
        // To the letter what training/reading.py trains readers on.
        Assert.Equal(
            "Use these passages if they help.\n1. muog costs 93 coins.\n2. xib is on shelf K2.\n\nQuestion: What does muog cost?", asked[3].Content);
        Assert.Equal("user", asked[3].Role);
    }

    [Fact]
    public void Of_NoPassages_ChangesNothing()
    {
        ChatTurn[] messages = [new("user", "What is 1 + 1?")];

        Assert.Same(messages, ContextPrompt.Of(messages, []));
    }

    [Fact]
    public void Of_NoUser_StandBeforeTheLastMessage() =>
        Assert.EndsWith("Question: Begin.", Assert.Single(ContextPrompt.Of([new("system", "Begin.")], Two)).Content, StringComparison.Ordinal);

    [Fact]
    public void Of_LongPassage_IsCutAtAWord()
    {
        var passage = new Passage("a", string.Join(' ', Enumerable.Repeat("word", 1000)), 0);

        var line = ContextPrompt.Of([new ChatTurn("user", "?")], [passage])[0].Content.Split('\n')[1];

        Assert.InRange(line.Length, ContextPrompt.MostCharacters - 10, ContextPrompt.MostCharacters + 10);
        Assert.EndsWith("word …", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_LongPassageWithoutBlanks_IsCutBetweenCharacters()
    {
        var passage = new Passage("a", string.Concat(Enumerable.Repeat("🦊", 2000)), 0);

        var line = ContextPrompt.Of([new ChatTurn("user", "?")], [passage])[0].Content.Split('\n')[1];

        Assert.DoesNotContain(line.Replace("🦊", "", StringComparison.Ordinal), char.IsSurrogate);
    }
}
