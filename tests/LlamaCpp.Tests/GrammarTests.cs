using Orchestrator.LlamaCpp.Generation;
using Orchestrator.TestKit;

namespace Orchestrator.LlamaCpp.Tests;

/// <summary>Answers that must follow a grammar, from models that would say something else.</summary>
public sealed class GrammarTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    const string Phrases = """
        root ::= phrase (", " phrase){1,4}
        phrase ::= word (" " word){0,2}
        word ::= [a-z] [a-z]{1,7}
        """;

    [Fact]
    public async Task GenerateAsync_ZooExpertAtTemperatureOne_FollowsTheGrammar()
    {
        await using var engine = await fixture.LoadAsync(Path.Combine(Repository.Models, "generalist.gguf"));

        var answers = await Task.WhenAll(Enumerable.Range(1, 12).Select(seed =>
            engine.AnswerAsync(Hot("What is the plural of box?", (uint)seed) with { Grammar = Phrases })));

        Assert.All(answers.Where(answer => answer.Finish == FinishReason.Stop), answer =>
            Assert.Matches(@"^[a-z]{2,8}( [a-z]{2,8}){0,2}(, [a-z]{2,8}( [a-z]{2,8}){0,2}){1,4}\z", answer.Text));
        Assert.Contains(answers, answer => answer.Finish == FinishReason.Stop);
        Assert.InRange(answers.Select(answer => answer.Text).Distinct().Count(), 2, 12);
    }

    [Fact]
    public async Task GenerateAsync_SameSeed_IsTheSameAnswer()
    {
        await using var engine = await fixture.LoadAsync(Path.Combine(Repository.Models, "generalist.gguf"));
        var request = Hot("What is 3 + 4?", 7) with { Grammar = Phrases };

        Assert.Equal((await engine.AnswerAsync(request)).Text, (await engine.AnswerAsync(request)).Text);
    }

    [Theory]
    [InlineData("root ::= \"yes\" | \"no\"", "^(yes|no)$")]
    [InlineData("root ::= [à-ÿ]{3} \"é\" [!-0]{2}", "^[à-ÿ]{3}é[!-0]{2}$")]
    [InlineData("root ::= \"日本\" [0-9]+ \"!\"", "^日本[0-9]+!$")]
    public async Task GenerateAsync_BytesOfAnyKind_FollowTheGrammar(string grammar, string pattern)
    {
        await using var engine = await fixture.LoadAsync(TinyGguf.Random());

        for (uint seed = 0; seed < 10; seed++)
        {
            var answer = await engine.AnswerAsync(Hot("What?", seed) with { Grammar = grammar });

            if (answer.Finish == FinishReason.Stop)
                Assert.Matches(pattern, answer.Text);
        }
    }

    [Theory]
    [MemberData(nameof(Samplings))]
    public async Task GenerateAsync_EverySampling_FollowsTheGrammar(SamplingChanges sampling)
    {
        await using var engine = await fixture.LoadAsync(TinyGguf.Random());

        var answer = await engine.AnswerAsync(
            Chat.Ask("What?") with { Grammar = "root ::= [a-c]{5} [0-9]", Sampling = sampling });

        Assert.Matches("^[a-c]{5}[0-9]$", answer.Text);
        Assert.Equal(FinishReason.Stop, answer.Finish);
    }

    public static TheoryData<SamplingChanges> Samplings =>
    [
        new() { Temperature = 0 },
        new() { Temperature = 0, RepeatPenalty = 1.3f },
        new() { Temperature = 2, TopK = 3, TopP = 0.5f, MinP = 0.2f, Seed = 1 },
        new() { Temperature = 1, FrequencyPenalty = 2, PresencePenalty = 2, Seed = 2 },
    ];

    [Fact]
    public async Task GenerateAsync_GrammarAllowsWhatTheModelSays_ChangesNothing()
    {
        await using var engine = await fixture.LoadAsync(TinyGguf.Saying("Answer: 42"));

        var answer = await engine.AnswerAsync(Chat.Ask("What?") with { Grammar = "root ::= [^\\n]+" });

        Assert.Equal(("Answer: 42", FinishReason.Stop), (answer.Text, answer.Finish));
    }

    /// <summary>To llama.cpp the marker of a user's turn is the text of its name, which the answer would not show.</summary>
    [Fact]
    public async Task GenerateAsync_GrammarThatSpellsAMarker_NeverTakesTheMarker()
    {
        await using var engine = await fixture.LoadAsync(TinyGguf.Random());

        for (uint seed = 0; seed < 20; seed++)
        {
            var answer = await engine.AnswerAsync(Hot("What?", seed) with { Grammar = "root ::= [<|user>]{8}" });
            Assert.Matches("^[<|user>]{8}$", answer.Text);
        }
    }

    [Fact]
    public async Task GenerateAsync_BadGrammar_IsRefusedAndTheEngineGoesOn()
    {
        await using var engine = await fixture.LoadAsync(TinyGguf.Saying("Answer: 42"));

        foreach (var grammar in (string[])["", "root ::= missing", "root ::= root", "root ::= \"a\"{9,2}"])
        {
            var failure = await Assert.ThrowsAsync<GenerationException>(
                () => engine.AnswerAsync(Chat.Ask("What?") with { Grammar = grammar }));
            Assert.Equal(GenerationFailure.InvalidRequest, failure.Failure);
        }

        Assert.Equal("Answer: 42", (await engine.AnswerAsync(Chat.Ask("What?"))).Text);
    }

    /// <summary>Code point 0 ends a text inside llama.cpp, so no token can stand for it.</summary>
    [Fact]
    public async Task GenerateAsync_GrammarNoTokenFollows_FailsOnlyThatRequest()
    {
        await using var engine = await fixture.LoadAsync(TinyGguf.Saying("Answer: 42"));
        var other = engine.AnswerAsync(Chat.Ask("What?"));

        var failure = await Assert.ThrowsAsync<GenerationException>(
            () => engine.AnswerAsync(Chat.Ask("What?") with { Grammar = "root ::= \"ab\" \"\\x00\"" }));

        Assert.Equal(
            (GenerationFailure.InvalidRequest, "The grammar asks for characters that the model has no token for."),
            (failure.Failure, failure.Message));
        Assert.Equal("Answer: 42", (await other).Text);
        await engine.UntilAsync(snapshot => snapshot is { Active: 0, Waiting: 0 });
    }

    [Fact]
    public async Task GenerateAsync_NeighboursInTheBatch_AnswerAsAlone()
    {
        await using var engine = await fixture.LoadAsync(Path.Combine(Repository.Models, "abacus.gguf"));
        string[] questions = ["What is 17 + 25?", "Add 23 and 20.", "What does 5 + 43 give?"];
        var alone = new List<string>();
        foreach (var question in questions)
            alone.Add((await engine.AnswerAsync(Chat.Ask(question))).Text);

        var constrained = engine.AnswerAsync(Hot("Add 1 and 2.", 3) with { Grammar = Phrases });
        var beside = await Task.WhenAll(questions.Select(question => engine.AnswerAsync(Chat.Ask(question))));

        Assert.Equal(alone, beside.Select(answer => answer.Text));
        Assert.Matches("^[a-z]", (await constrained).Text);
    }

    [Fact]
    public async Task GenerateAsync_Cancelled_FreesItsPlace()
    {
        await using var engine = await fixture.LoadAsync(TinyGguf.Random(), EngineFixture.Greedy with { MaxSequences = 1 });
        await foreach (var chunk in engine.GenerateAsync(Hot("What?", 1) with { Grammar = "root ::= [a-z]*" }))
            break;

        Assert.Matches("^[0-9]$", (await engine.AnswerAsync(Chat.Ask("What?") with { Grammar = "root ::= [0-9]" })).Text);
    }

    static GenerationRequest Hot(string question, uint seed) =>
        Chat.Ask(question, maxTokens: 96) with { Sampling = new SamplingChanges { Temperature = 1, Seed = seed } };
}
