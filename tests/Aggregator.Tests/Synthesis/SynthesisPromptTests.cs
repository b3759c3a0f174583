using Orchestrator.Aggregator.Synthesis;
using Orchestrator.Experts.Configuration;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Aggregator.Tests.Synthesis;

public sealed class SynthesisPromptTests
{
    static readonly ChatTurn[] Conversation =
    [
        new("system", "Be brief."), new("user", "Hello"), new("assistant", "Hi"), new("user", "What is 3 + 4?"),
    ];

    [Fact]
    public void Messages_ExpertMadeToMerge_GetsTheLinesItWasTrainedOn()
    {
        IReadOnlyList<ChatTurn> messages = SynthesisPrompt.Messages(
            [new ChatTurn("user", "What is\n3 + 4?")], ["3+4\n=7\r\nAnswer: 7", "Answer: 8"], ExpertPurpose.Aggregate);

        Assert.Equal(new ChatTurn("user", "What is 3 + 4?\n1: 3+4 =7 Answer: 7\n2: Answer: 8"), Assert.Single(messages));
    }

    [Fact]
    public void Messages_AnyOtherExpert_GetsInstructionThenModelsThenQuestion()
    {
        string text = SynthesisPrompt.Messages(Conversation, ["one", "two"], ExpertPurpose.Answer)[^1].Content;

        int first = text.IndexOf("Model 1:\none", StringComparison.Ordinal);
        int second = text.IndexOf("Model 2:\ntwo", StringComparison.Ordinal);
        int question = text.IndexOf("Question:\nWhat is 3 + 4?", StringComparison.Ordinal);
        int format = text.IndexOf("form of answer", StringComparison.Ordinal);
        Assert.True(0 < first && first < second && second < question && question < format, text);
    }

    [Fact]
    public void Messages_Conversation_KeepsAllButTheLastUserMessage()
    {
        IReadOnlyList<ChatTurn> messages = SynthesisPrompt.Messages(Conversation, ["one"], ExpertPurpose.Aggregate);

        Assert.Equal(Conversation[..3], messages.Take(3));
        Assert.Equal("What is 3 + 4?\n1: one", messages[3].Content);
    }

    [Fact]
    public void Messages_WithoutUser_CandidatesAreStillPut() =>
        Assert.Equal(
            [new ChatTurn("system", "Go."), new ChatTurn("user", "\n1: one")],
            SynthesisPrompt.Messages([new ChatTurn("system", "Go.")], ["one"], ExpertPurpose.Aggregate));
}
