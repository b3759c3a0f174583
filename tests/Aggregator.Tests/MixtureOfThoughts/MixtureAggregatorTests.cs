using Orchestrator.Aggregator.MixtureOfThoughts;
using Orchestrator.Aggregator.MixtureOfThoughts.Layers;
using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Panels;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.TestKit;

namespace Orchestrator.Aggregator.Tests.MixtureOfThoughts;

public sealed class MixtureAggregatorTests
{
    static readonly MixtureLayers Layers = new TinyMixture().Layers();

    readonly ThinkingExpert _arith = new("arith", 16);
    readonly ThinkingExpert _price = new("price", 24);
    readonly ThoughtBudget _memory = new(1 << 20);

    [Fact]
    public async Task MergeAsync_Peer_ChangesWhatThePrimaryThinksAndIsNotItsWords()
    {
        await using MergedAnswer merged = await Aggregator().MergeAsync(Panel(), default);
        (string text, GenerationChunk last) = await Panels.ReadAsync(merged);

        Assert.Equal(("arith", "arith thinks", FinishReason.Stop), (merged.Expert, text, last.Finish));
        Assert.NotEqual(_arith.Rows, _arith.After);
        Assert.Equal(_price.Rows, _price.After);
        Assert.Equal("price thinks", Assert.Single(merged.Heard).Text);
    }

    [Fact]
    public async Task MergeAsync_OtherThoughtsOfThePeer_AreAnotherThoughtOfThePrimary()
    {
        float[] before = await AfterAsync();
        Assert.Equal(before, await AfterAsync());

        _price.Rows = Mixtures.Rows(99, 5, 24);

        Assert.NotEqual(before, await AfterAsync());
    }

    [Fact]
    public async Task MergeAsync_Calls_AskForADraftAndForTheAnswer()
    {
        PanelAnswers panel = Panel();
        panel = panel with
        {
            Request = panel.Request with { MaxTokens = 99, Stop = ["!"], Sampling = new SamplingChanges { Temperature = 0.7f } },
            Class = RequestClass.Batch,
        };

        await (await Aggregator().MergeAsync(panel, default)).DisposeAsync();

        ExpertCall draft = Assert.Single(_price.Calls), answer = Assert.Single(_arith.Calls);
        Assert.Equal((Layers.Draft, 0f, 0), (draft.Request.MaxTokens, draft.Request.Sampling?.Temperature, draft.Request.Stop.Count));
        Assert.Equal((99, 0.7f, "!"), (answer.Request.MaxTokens, answer.Request.Sampling?.Temperature, answer.Request.Stop[0]));
        Assert.All(new[] { draft, answer }, call => Assert.Equal((RequestClass.Batch, false), (call.Class, call.AllowVariant)));
    }

    [Fact]
    public async Task MergeAsync_Reasons_TellWhoWasHeardAndHowMuch()
    {
        await using MergedAnswer merged = await Aggregator().MergeAsync(Panel(), default);
        Assert.StartsWith("arith hears what price thinks", Assert.Single(merged.Reasons), StringComparison.Ordinal);

        await Panels.ReadAsync(merged);

        Assert.Matches(@"^arith attended to price \(0\.\d\d\) and to nobody \(0\.\d\d\)\.$", merged.Reasons[1]);
    }

    [Fact]
    public async Task MergeAsync_PeerThatFails_LeavesThePrimaryAlone()
    {
        var broken = new ThinkingExpert("price", 24) { Fails = FakeExpert.Failure(ExpertFailure.LoadFailed, "no such file") };

        await using MergedAnswer merged = await Aggregator(broken).MergeAsync(Panel(), default);

        Assert.Null(Assert.Single(_arith.Calls).Request.Tap);
        Assert.Equal("arith does not hear price: no such file.", Assert.Single(merged.Reasons));
    }

    [Fact]
    public async Task MergeAsync_ThoughtsBeyondTheirMemory_LeaveThePrimaryAlone()
    {
        PanelAnswers panel = Panel(new string('x', 10_000));

        await using MergedAnswer merged = await Aggregator().MergeAsync(panel, default);

        Assert.Empty(_price.Calls);
        Assert.Contains("memory.thoughts", Assert.Single(merged.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MergeAsync_Memory_IsTakenUntilTheAnswerIsLetGo()
    {
        MergedAnswer merged = await Aggregator().MergeAsync(Panel(), default);
        // 5 tokens, 2 interactions, a key and a value of 8 numbers.
        Assert.Equal(5 * 2 * 2 * 8 * sizeof(float), _memory.Taken);

        await merged.DisposeAsync();

        Assert.Equal(0, _memory.Taken);
    }

    [Fact]
    public async Task MergeAsync_PrimaryFails_GivesTheMemoryBack()
    {
        var broken = new ThinkingExpert("arith", 16) { Fails = FakeExpert.Failure(ExpertFailure.QueueFull) };
        var aggregator = new MixtureAggregator(Parts(id => id == "arith" ? broken : _price));

        await Assert.ThrowsAsync<ExpertException>(() => aggregator.MergeAsync(Panel(), default));

        Assert.Equal(0, _memory.Taken);
    }

    async Task<float[]> AfterAsync()
    {
        await (await Aggregator().MergeAsync(Panel(), default)).DisposeAsync();
        return _arith.After;
    }

    MixtureAggregator Aggregator(ThinkingExpert? price = null) => new(Parts(id => id == "arith" ? _arith : price ?? _price));

    AggregatorParts Parts(Func<string, IExpert> find) => new(find, _ => ExpertPurpose.Answer, TaskExpert: null)
    {
        Mixture = new Mixture(Layers, Layers.Experts.Select(expert => expert.Id).ToHashSet(), _memory),
    };

    static PanelAnswers Panel(string question = "What is the price of a box plus 17?") => new(
        new GenerationRequest { Messages = [new ChatTurn("user", question)] },
        [.. new[] { "arith", "price" }.Select(id => new WeighedAnswer(PanelAnswer.NotAsked(id), 1))]);
}
