using System.Numerics.Tensors;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.TestKit;

namespace Orchestrator.LlamaCpp.Tests.Latents;

/// <summary>Requests with taps in an engine: split prompts, cancelled neighbours, and taps that fail.</summary>
public sealed class TappedEngineTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    static readonly TinyGguf Model = TinyGguf.Random(seed: 3, context: 512, layers: 3);

    [Theory]
    [InlineData(512, 128)]
    [InlineData(64, 7)]
    [InlineData(8, 3)]
    [InlineData(4, 1)]
    public async Task GenerateAsync_PromptsInPieces_EachPositionOnceInOrder(int batch, int chunk)
    {
        await using var engine = await fixture.LoadAsync(Model, TapRequests.Options() with { BatchSize = batch, PrefillChunk = chunk });
        // The last depth alone, and two without it: their prompts are cut elsewhere.
        int[][] depths = [[3], [0, 2], [0, 1, 2, 3]];
        var taps = Enumerable.Range(0, 9).Select(i => new RecordingTap(depths[i % 3]) { Width = engine.Width }).ToArray();

        var answers = await fixture.TogetherAsync(
            engine, [.. taps.Select((tap, i) => Chat.Ask($"Question {i}{new string('?', 40 * i)}", 5) with { Tap = tap, ScoreAnswer = true })]);

        foreach (var (tap, answer) in taps.Zip(answers))
        {
            foreach (var visits in tap.Visits.GroupBy(visit => visit.Depth))
            {
                var next = 0;
                foreach (var visit in visits)
                {
                    Assert.Equal(next, visit.Position);
                    next += visit.Rows;
                }
                Assert.Equal(answer.Decoded, next);
            }
            Assert.Equal(tap.Depths, tap.Visits.Select(visit => visit.Depth).Take(tap.Depths.Count));
            Assert.Equal(tap.Depths.Count, tap.Visits.Select(visit => visit.Depth).Distinct().Count());
        }
    }

    [Fact]
    public async Task GenerateAsync_LastDepthOfALongPrompt_HoldsTheLimitOfOutputs()
    {
        await using var engine = await fixture.LoadAsync(Model, TapRequests.Options());
        var taps = (Last: new RecordingTap(3) { Width = engine.Width }, Others: new RecordingTap(0, 1, 2) { Width = engine.Width });

        var last = await engine.ScoredAsync(Chat.Ask(new string('x', 400), 2) with { Tap = taps.Last, ScoreAnswer = true });
        var others = await engine.ScoredAsync(Chat.Ask(new string('x', 400), 2) with { Tap = taps.Others, ScoreAnswer = true });

        // 256 KiB of logits in one step, of 260 tokens.
        Assert.Equal(256 * 1024 / 4 / 260, taps.Last.Visits.Max(visit => visit.Rows));
        Assert.Equal(last.Usage.PromptTokens, taps.Others.Visits.Max(visit => visit.Rows));
        Assert.Equal(others.Text, last.Text);
    }

    [Fact]
    public async Task GenerateAsync_ManySomeTappedSomeCancelled_AnswersTheOthersAsAlone()
    {
        var asked = Enumerable.Range(0, 24).Select(i => Chat.Ask($"Question number {i}, and {new string('!', i)}", 30)).ToArray();
        // One after the other; a context of a single sequence would have flash attention, which rounds otherwise.
        await using var plain = await fixture.LoadAsync(Model, TapRequests.Options() with { MaxSequences = 2 });
        var alone = new List<string>();
        foreach (var request in asked)
            alone.Add((await plain.AnswerAsync(request)).Text);
        await using var engine = await fixture.LoadAsync(
            Model, TapRequests.Options() with { MaxSequences = 7, BatchSize = 32, PrefillChunk = 9 });
        var taps = asked.Select((_, i) => i % 3 == 0 ? null : engine.Recorder(i % 3 == 1 ? null : (_, _, rows) =>
        {
            TensorPrimitives.Negate(rows, rows);
            return true;
        })).ToArray();

        var answers = await Task.WhenAll(asked.Select((request, i) => Task.Run(async () =>
        {
            if (i % 4 != 3)
                return (await engine.AnswerAsync(request with { Tap = taps[i] })).Text;
            await foreach (var chunk in engine.GenerateAsync(request with { Tap = taps[i] }))
                break;
            return null;
        })));

        // Those that were not changed and not cancelled; the changed ones say something else.
        for (var i = 0; i < asked.Length; i++)
        {
            if (answers[i] is { } text)
                Assert.Equal(i % 3 != 2, alone[i] == text);
            // A cancelled one has a beginning without gaps, a whole number of steps.
            if (taps[i] is { } tap)
                Assert.Single(Enumerable.Range(0, 4).Select(tap.Count).Distinct());
        }
        await engine.UntilAsync(snapshot => snapshot is { Active: 0, Waiting: 0 });
    }

    [Fact]
    public async Task GenerateAsync_EngineWithoutTheOption_RefusesTheTapAlone()
    {
        await using var engine = await fixture.LoadAsync(Model);

        var failure = await Assert.ThrowsAsync<GenerationException>(
            () => engine.ScoredAsync(TapRequests.Ask("What?", engine.Recorder())));

        Assert.Equal(GenerationFailure.NotTapped, failure.Failure);
        Assert.Contains("LatentTap", failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty((await engine.ScoredAsync(TapRequests.Ask("What?"))).Text);
    }

    [Fact]
    public async Task GenerateAsync_DepthBelowTheLastBlock_IsRefusedWithWhatIsAllowed()
    {
        await using var engine = await fixture.LoadAsync(Model, TapRequests.Options());

        var failure = await Assert.ThrowsAsync<GenerationException>(
            () => engine.ScoredAsync(TapRequests.Ask("What?", new RecordingTap(4) { Width = engine.Width })));

        Assert.Equal(GenerationFailure.InvalidRequest, failure.Failure);
        Assert.Contains("this model has the depths 0 to 3", failure.Message, StringComparison.Ordinal);
        Assert.Equal((3, 32), (engine.Blocks, engine.Width));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task GenerateAsync_TapThrows_EndsItsOwnRequestAlone(int depth)
    {
        await using var engine = await fixture.LoadAsync(Model, TapRequests.Options());
        var plain = await fixture.TogetherAsync(engine, TapRequests.Ask("What is it?"), TapRequests.Ask("And that?"));
        var thrown = new InvalidTimeZoneException("no such state");
        // While it writes; what it did to the rows before is lost.
        var tap = new RecordingTap(depth)
        {
            Width = engine.Width,
            Change = (_, position, rows) =>
            {
                if (position < 20)
                    return false;
                rows.Fill(float.NaN);
                throw thrown;
            },
        };

        Task<ScoredAnswer> other;
        Task<ScoredAnswer> tapped;
        using (fixture.PauseLoops())
            (other, tapped) = (engine.ScoredAsync(TapRequests.Ask("What is it?")), engine.ScoredAsync(TapRequests.Ask("And that?", tap)));

        var failure = await Assert.ThrowsAsync<GenerationException>(() => tapped);
        Assert.Equal(GenerationFailure.TapFailed, failure.Failure);
        Assert.Same(thrown, failure.InnerException);
        Assert.Contains($"failed at depth {depth}, position 20: no such state", failure.Message, StringComparison.Ordinal);
        Assert.Equal(plain[0].Text, (await other).Text);
        Assert.Equal(plain[1].Text, (await engine.ScoredAsync(TapRequests.Ask("And that?"))).Text);
        Assert.Equal(1, engine.Snapshot.Failed);
    }

    [Fact]
    public async Task GenerateAsync_TapWritesWhatIsNoNumber_EndsItsOwnRequestAlone()
    {
        await using var engine = await fixture.LoadAsync(Model, TapRequests.Options());
        var plain = await fixture.TogetherAsync(engine, TapRequests.Ask("What is it?"), TapRequests.Ask("And that?"));
        var tap = engine.Recorder((depth, _, rows) =>
        {
            rows[^1] = float.NaN;
            return depth == 1;
        });

        Task<ScoredAnswer> other;
        Task<ScoredAnswer> tapped;
        using (fixture.PauseLoops())
            (other, tapped) = (engine.ScoredAsync(TapRequests.Ask("What is it?")), engine.ScoredAsync(TapRequests.Ask("And that?", tap)));

        Assert.Equal(GenerationFailure.BadLogits, (await Assert.ThrowsAsync<GenerationException>(() => tapped)).Failure);
        Assert.Equal(plain[0].Text, (await other).Text);
        Assert.Equal(2, tap.Visits.Count);
    }

    /// <summary>In a shared cache what a damaged weight made of one sequence would stay and reach all that come after it.</summary>
    [Fact]
    public async Task GenerateAsync_WeightsOfOneTokenNotNumbers_LaterRequestsAnswerAsBefore()
    {
        var gguf = TinyGguf.Random(seed: 3, layers: 3);
        var table = gguf.Tensor("token_embd.weight");
        table.Values.AsSpan('z' * table.Shape[0], table.Shape[0]).Fill(float.NaN);
        await using var engine = await fixture.LoadAsync(gguf, TapRequests.Options());
        var before = await engine.ScoredAsync(TapRequests.Ask("What is it?", maxTokens: 6));
        Task<ScoredAnswer>[] running;

        using (fixture.PauseLoops())
            running = [engine.ScoredAsync(TapRequests.Ask("Now z.")), engine.ScoredAsync(TapRequests.Ask("What is it?", maxTokens: 6))];

        var failure = await Assert.ThrowsAsync<GenerationException>(() => running[0]);
        Assert.Equal(GenerationFailure.BadLogits, failure.Failure);
        await Task.WhenAll(running[1].ContinueWith(_ => { }, TaskScheduler.Default));
        ScoredAnswer.AssertSame(before, await engine.ScoredAsync(TapRequests.Ask("What is it?", maxTokens: 6)));
    }
}
