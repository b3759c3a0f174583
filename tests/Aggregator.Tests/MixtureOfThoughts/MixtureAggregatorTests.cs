using Orchestrator.Aggregator.MixtureOfThoughts;
using Orchestrator.Aggregator.MixtureOfThoughts.Attention;
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
    public async Task MergeAsync_NobodyCanBeHeard_IsTheFailureAndNobodySpeaks()
    {
        var broken = new ThinkingExpert("price", 24) { Fails = FakeExpert.Failure(ExpertFailure.LoadFailed, "no such file") };

        var failure = await Assert.ThrowsAsync<ExpertException>(() => Aggregator(broken).MergeAsync(Panel(), default));

        Assert.Equal((ExpertFailure.LoadFailed, "nobody can be heard: no such file"), (failure.Failure, failure.Message));
        Assert.Empty(_arith.Calls);
        Assert.Equal(0, _memory.Taken);
    }

    // The request is nobody's fault, so others may answer it in words; who is busy is to be asked again.
    [Theory]
    [InlineData(ExpertFailure.PromptTooLong, ExpertFailure.Unheard)]
    [InlineData(ExpertFailure.InvalidRequest, ExpertFailure.Unheard)]
    [InlineData(ExpertFailure.Failed, ExpertFailure.Unheard)]
    [InlineData(ExpertFailure.QueueFull, ExpertFailure.QueueFull)]
    public async Task MergeAsync_PeerFails_TellsWhetherWordsMayHelp(ExpertFailure peer, ExpertFailure expected)
    {
        var broken = new ThinkingExpert("price", 24) { Fails = FakeExpert.Failure(peer) };

        var failure = await Assert.ThrowsAsync<ExpertException>(() => Aggregator(broken).MergeAsync(Panel(), default));

        Assert.Equal(expected, failure.Failure);
    }

    [Theory]
    [InlineData("arith")]
    [InlineData("price")]
    public async Task MergeAsync_ExpertNoLongerFits_IsNotAsked(string changed)
    {
        AggregatorParts parts = Parts(id => id == "arith" ? _arith : _price);
        var aggregator = new MixtureAggregator(parts with { Mixture = parts.Mixture! with { Fits = id => id != changed } });

        var failure = await Assert.ThrowsAsync<ExpertException>(() => aggregator.MergeAsync(Panel(), default));

        Assert.Equal(ExpertFailure.Unheard, failure.Failure);
        Assert.Empty(_price.Calls);
    }

    [Fact]
    public async Task MergeAsync_OneOfTwoPeersFails_TheOtherIsHeard()
    {
        var roman = new ThinkingExpert("roman", 12) { Fails = FakeExpert.Failure(ExpertFailure.LoadFailed, "no such file.") };
        var aggregator = new MixtureAggregator(Parts(id => id switch { "arith" => _arith, "price" => _price, _ => roman }));

        await using MergedAnswer merged = await aggregator.MergeAsync(Panel("?", "arith", "price", "roman"), default);

        Assert.NotEqual(_arith.Rows, _arith.After);
        Assert.Equal("arith does not hear roman: no such file.", merged.Reasons[1]);
    }

    [Fact]
    public async Task MergeAsync_ThoughtsBeyondTheirMemory_AreRefused()
    {
        var failure = await Assert.ThrowsAsync<ExpertException>(() => Aggregator().MergeAsync(Panel(new string('x', 10_000)), default));

        Assert.Contains("memory.thoughts", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_price.Calls);
    }

    [Fact]
    public async Task MergeAsync_PairThatTheLayersDoNotKnow_IsRefused()
    {
        var failure = await Assert.ThrowsAsync<ExpertException>(() => Aggregator().MergeAsync(Panel("?", "price", "arith"), default));

        Assert.Equal(ExpertFailure.Unheard, failure.Failure);
    }

    [Fact]
    public async Task MergeAsync_AnswerWithoutAWord_IsOne()
    {
        var silent = new ThinkingExpert("arith", 16) { Words = "" };
        var aggregator = new MixtureAggregator(Parts(id => id == "arith" ? silent : _price));

        await using MergedAnswer merged = await aggregator.MergeAsync(Panel(), default);

        Assert.Equal(("", FinishReason.Stop), (await Panels.ReadAsync(merged)) is var (text, last) ? (text, last.Finish) : default);
    }

    [Fact]
    public async Task MergeAsync_Memory_IsTakenWhileThePrimarySpeaks()
    {
        var slow = new ThinkingExpert("arith", 16) { GoesOn = new TaskCompletionSource() };
        var aggregator = new MixtureAggregator(Parts(id => id == "arith" ? slow : _price));

        await using MergedAnswer merged = await aggregator.MergeAsync(Panel(), default);

        // 5 tokens, 2 interactions, a key and a value of 8 numbers; and the tap's buffers.
        Assert.Equal((5 * 2 * 2 * 8 * sizeof(float)) + MixtureTap.BytesOf(Layers, "arith", 5), _memory.Taken);
        slow.GoesOn.SetResult();
        await Panels.ReadAsync(merged);
        Assert.Equal(0, _memory.Taken);
    }

    [Fact]
    public async Task MergeAsync_AnswerNotReadYet_MemoryIsGivenBackWhenThePrimaryHasEnded()
    {
        var slow = new ThinkingExpert("arith", 16) { GoesOn = new TaskCompletionSource() };
        var aggregator = new MixtureAggregator(Parts(id => id == "arith" ? slow : _price));
        await using MergedAnswer merged = await aggregator.MergeAsync(Panel(), default);
        Assert.NotEqual(0, _memory.Taken);

        slow.GoesOn.SetResult();
        // It is all there is: who gets it knows that everything was given back.
        await using ThoughtLease? all = await _memory.TakeAsync(_memory.Bytes, RequestClass.Batch, default);

        Assert.NotNull(all);
        Assert.Equal("arith thinks", (await Panels.ReadAsync(merged)).Text);
        Assert.Equal(2, merged.Reasons.Count);
    }

    [Fact]
    public async Task MergeAsync_AnswerLetGoUnread_EndsThePrimaryAndGivesTheMemoryBack()
    {
        var endless = new ThinkingExpert("arith", 16) { GoesOn = new TaskCompletionSource() };
        var aggregator = new MixtureAggregator(Parts(id => id == "arith" ? endless : _price));
        MergedAnswer merged = await aggregator.MergeAsync(Panel(), default);

        await merged.DisposeAsync();

        Assert.Equal(0, _memory.Taken);
    }

    [Fact]
    public async Task MergeAsync_PrimaryFails_TellsWhatThePeersDraftedAndTook()
    {
        var broken = new ThinkingExpert("arith", 16) { Fails = FakeExpert.Failure(ExpertFailure.LoadFailed, "no such file") };
        var aggregator = new MixtureAggregator(Parts(id => id == "arith" ? broken : _price));

        var failure = await Assert.ThrowsAsync<ExpertException>(() => aggregator.MergeAsync(Panel(), default));

        Assert.Equal((ExpertFailure.LoadFailed, "no such file"), (failure.Failure, failure.Message));
        PanelAnswer draft = Assert.Single(failure.Heard);
        Assert.Equal(("price", new TokenUsage(5, 2)), (draft.Expert, draft.Usage));
    }

    [Fact]
    public async Task MergeAsync_NoRoom_InteractiveRequestGoesBeforeBatchOnes()
    {
        PanelAnswers panel = Panel();
        var forOne = new ThoughtBudget(ThoughtBytes.Most(Layers, "arith", ["price"], panel.Request));
        var aggregator = new MixtureAggregator(Parts(id => id == "arith" ? _arith : _price, forOne));
        ThoughtLease? all = await forOne.TakeAsync(forOne.Bytes, RequestClass.Interactive, default);
        Task<MergedAnswer> batch = aggregator.MergeAsync(panel with { Class = RequestClass.Batch }, default);
        Task<MergedAnswer> interactive = aggregator.MergeAsync(panel, default);
        Assert.Empty(_price.Calls);

        await all!.DisposeAsync();
        await using MergedAnswer first = await interactive, second = await batch;

        Assert.Equal([RequestClass.Interactive, RequestClass.Batch], _price.Calls.Select(call => call.Class));
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

    AggregatorParts Parts(Func<string, IExpert> find, ThoughtBudget? memory = null) => new(find, _ => ExpertPurpose.Answer, TaskExpert: null)
    {
        Mixture = new Mixture(Layers, _ => true, memory ?? _memory),
    };

    static PanelAnswers Panel(string question = "What is the price of a box plus 17?", params string[] members) => new(
        new GenerationRequest { Messages = [new ChatTurn("user", question)] },
        [.. (members.Length > 0 ? members : ["arith", "price"]).Select(id => new WeighedAnswer(PanelAnswer.NotAsked(id), 1))]);
}
