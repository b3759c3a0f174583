using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Router.Tests.Skills.Tagging;

public sealed class SkillTaggerTests
{
    static readonly TaggerConfig Config = new() { Expert = "tagger", Samples = 3 };

    [Fact]
    public async Task TagAsync_Answers_KeepsWhatRecursAndSumsTheUsage()
    {
        var expert = new ScriptedExpert("tagger", "addition, carrying", "addition, numbers", "sums, numbers");

        TaggedQuestion tagged = await new SkillTagger(expert, trained: true, Config).TagAsync("What is 5 + 8?");

        Assert.Equal(["addition", "numbers"], tagged.Phrases);
        Assert.Equal(("tagger", 3, new TokenUsage(30, 15)), (tagged.Tagger, tagged.Answers, tagged.Usage));
        Assert.Null(tagged.Problem);
    }

    [Fact]
    public async Task TagAsync_Call_IsHeldToTheGrammarAndTheSettings()
    {
        var expert = new ScriptedExpert("tagger", "a, b");
        var config = new TaggerConfig { Samples = 2, Temperature = 0.3f, MaxTokens = 9 };

        await new SkillTagger(expert, trained: true, config).TagAsync("What?", RequestClass.Batch);

        Assert.Equal(2, expert.Calls.Count);
        Assert.All(expert.Calls, call =>
        {
            Assert.Equal([new ChatTurn("user", "What?")], call.Request.Messages);
            Assert.Equal((9, 0.3f), (call.Request.MaxTokens, call.Request.Sampling!.Temperature));
            Assert.Contains("root ::= phrase", call.Request.Grammar, StringComparison.Ordinal);
            Assert.Equal((RequestClass.Batch, false), (call.Class, call.AllowVariant));
        });
    }

    [Fact]
    public async Task TagAsync_ExpertOfAnotherPurpose_IsToldWhatToDo()
    {
        var expert = new ScriptedExpert("any", "a, b");

        await new SkillTagger(expert, trained: false, Config).TagAsync("Who won?");

        string prompt = expert.Calls.First().Request.Messages.Single().Content;
        Assert.Contains("Who won?", prompt, StringComparison.Ordinal);
        Assert.EndsWith("Keywords:", prompt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TagAsync_Seeds_DifferBySampleQuestionAndSeedAndAreTheSameAgain()
    {
        uint[] first = await SeedsAsync("What?"), again = await SeedsAsync("What?");

        Assert.Equal(first, again);
        Assert.Equal(3, first.Distinct().Count());
        Assert.Empty(first.Intersect(await SeedsAsync("Who?")));
        Assert.Empty(first.Intersect(await SeedsAsync("What?", seed: 1)));

        static async Task<uint[]> SeedsAsync(string question, int seed = 0)
        {
            var expert = new ScriptedExpert("tagger", "a, b");
            await new SkillTagger(expert, trained: true, Config, seed).TagAsync(question);
            return [.. expert.Calls.Select(call => call.Request.Sampling!.Seed!.Value).Order()];
        }
    }

    [Fact]
    public async Task TagAsync_NothingRecurs_SaysSo()
    {
        TaggedQuestion tagged = await new SkillTagger(new ScriptedExpert("tagger", "a, b", "c, d", "e, f"), true, Config).TagAsync("?");

        Assert.Empty(tagged.Phrases);
        Assert.Equal("No phrase occurs in 2 of the 3 answers of the tagger tagger.", tagged.Problem);
        Assert.False(tagged.Failed);
    }

    [Fact]
    public async Task TagAsync_OneAnswerFails_TheOthersCount()
    {
        TaggedQuestion tagged = await new SkillTagger(new ScriptedExpert("tagger", "a, b", "b, c", null), true, Config).TagAsync("?");

        Assert.Equal(["b"], tagged.Phrases);
        Assert.Equal((2, new TokenUsage(20, 10)), (tagged.Answers, tagged.Usage));
    }

    [Fact]
    public async Task TagAsync_AllFail_SaysWhy()
    {
        TaggedQuestion tagged = await new SkillTagger(new ScriptedExpert("tagger", [null]), true, Config).TagAsync("?");

        Assert.True(tagged.Failed);
        Assert.Empty(tagged.Phrases);
        Assert.Equal("The tagger tagger could not answer: out of service", tagged.Problem);
    }

    [Fact]
    public async Task TagAsync_AnswerThatWasCutOff_LosesItsLastPhrase()
    {
        var expert = new ScriptedExpert("tagger", "a, b, half") { Finish = FinishReason.Length };

        Assert.Equal(["a", "b"], (await new SkillTagger(expert, true, Config).TagAsync("?")).Phrases);
    }

    [Fact]
    public async Task TagAsync_Cancelled_IsNoFailureOfTheTagger()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new SkillTagger(new ScriptedExpert("tagger", "a"), true, Config).TagAsync("?", cancellationToken: cancelled.Token));
    }

    [Fact]
    public async Task TagAllAsync_ManyQuestions_AreInOrderAsBatchWork()
    {
        var expert = new ScriptedExpert("tagger", "a, b");
        string[] questions = [.. Enumerable.Range(0, 40).Select(i => $"Question {i}?")];
        var told = new List<int>();

        IReadOnlyList<TaggedQuestion> tagged = await new SkillTagger(expert, true, Config).TagAllAsync(questions, 4, new Told(told));

        Assert.Equal(40, tagged.Count);
        Assert.Equal(120, expert.Calls.Count);
        Assert.All(expert.Calls, call => Assert.Equal(RequestClass.Batch, call.Class));
        Assert.Equal(Enumerable.Range(1, 40), told);
    }

    [Theory]
    [InlineData(ExpertPurpose.Tag, "What?")]
    [InlineData(ExpertPurpose.Answer, "Question:")]
    public async Task From_ConfiguredTagger_IsAskedByItsPurpose(ExpertPurpose purpose, string beginning)
    {
        var expert = new ScriptedExpert("scout", "a, b");

        await SkillTagger.From(Configured("scout", purpose), _ => expert)!.TagAsync("What?");

        Assert.StartsWith(beginning, expert.Calls.First().Request.Messages[0].Content, StringComparison.Ordinal);
    }

    [Fact]
    public void From_NoTaggerConfigured_IsNull() =>
        Assert.Null(SkillTagger.From(Configured(null, ExpertPurpose.Tag), _ => throw new InvalidOperationException("asked")));

    static OrchestratorConfig Configured(string? tagger, ExpertPurpose purpose) => new()
    {
        Path = "",
        Router = new RouterConfig { Tagger = new TaggerConfig { Expert = tagger } },
        Experts = [new ExpertConfig { Id = "scout", File = "", Purpose = purpose }],
    };

    sealed class Told(List<int> values) : IProgress<int>
    {
        public void Report(int value) => values.Add(value);
    }
}
