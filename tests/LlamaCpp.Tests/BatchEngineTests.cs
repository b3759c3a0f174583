using Orchestrator.LlamaCpp.Generation;
using Orchestrator.TestKit;

namespace Orchestrator.LlamaCpp.Tests;

public sealed class BatchEngineTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task GenerateAsync_ScriptedModel_SaysItsTextAndStops()
    {
        await using var engine = await fixture.LoadAsync(TinyGguf.Saying("Answer: 42"));

        var answer = await engine.AnswerAsync(Answers.Ask("What?"));

        Assert.Equal("Answer: 42", answer.Text);
        Assert.Equal(FinishReason.Stop, answer.Finish);
        // <|user|> \n What? <|end|> \n <|assistant|> \n
        Assert.Equal(new TokenUsage(11, 10), answer.Usage);
    }
}
