using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Store;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Retrieval.Answers;

namespace Orchestrator.Jobs.Tests.Store;

public sealed class StoredItemTests
{
    static readonly JobItem Item = new()
    {
        Key = "1",
        Model = "ask",
        Request = new GenerationRequest { Messages = [new ChatTurn("user", "What does muog cost?")], MaxTokens = 9 },
    };

    [Fact]
    public void Request_PlanWithPassages_HasThemBeforeTheQuestion()
    {
        var asked = Stored(new AnswerContext("stock", [new Passage("a", "muog costs 93 coins.", 0.5)], "")).Request;

        Assert.Equal(ContextPrompt.Of(Item.Request.Messages, [new Passage("a", "muog costs 93 coins.", 0.5)]), asked.Messages);
        Assert.Equal(9, asked.MaxTokens);
    }

    [Fact]
    public void Request_NothingFound_IsTheItems()
    {
        Assert.Same(Item.Request, Stored(null).Request);
        Assert.Same(Item.Request, Stored(new AnswerContext("stock", [], "")).Request);
        Assert.Same(Item.Request, new StoredItem(0, Item, null, null, null).Request);
    }

    static StoredItem Stored(AnswerContext? context) =>
        new(0, Item, null, new PlanFacts { Policy = "ask", Panel = ["a"], Weights = [1], Context = context }, null);
}
