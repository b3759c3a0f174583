using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.TestKit;

namespace Orchestrator.LlamaCpp.Tests;

/// <summary>Many requests in one batch: each must be answered as if it were alone.</summary>
public sealed class BatchEngineConcurrencyTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    static readonly TinyGguf Model = TinyGguf.Random(seed: 3);
    static readonly TinyGguf Endless = TinyGguf.Saying("abc", ends: false, context: 16_384);

    [Theory]
    [InlineData(16, 16)]
    [InlineData(40, 7)]
    public async Task GenerateAsync_ManyAtOnce_AnswersEachAsAlone(int requests, int sequences)
    {
        var asked = Enumerable.Range(0, requests).Select(Question).ToArray();
        var alone = await AloneAsync(asked);
        await using var engine = await fixture.LoadAsync(Model, EngineFixture.Greedy with { MaxSequences = sequences });

        var together = await Task.WhenAll(asked.Select(request => Task.Run(() => engine.AnswerAsync(request))));

        Assert.Equal(alone, together.Select(answer => answer.Text));
        Assert.True(engine.Snapshot.Steps < together.Sum(answer => answer.Usage.CompletionTokens), "Nothing was batched.");
        Assert.Equal((0, 0), (engine.Snapshot.Active, engine.Snapshot.Waiting));
    }

    [Fact]
    public async Task GenerateAsync_AdmittedWhileOthersRun_DisturbsNeither()
    {
        var asked = Enumerable.Range(0, 4).Select(Question).ToArray();
        var alone = await AloneAsync(asked);
        await using var engine = await fixture.LoadAsync(Model);

        // Each starts when the one before has shown its first text.
        var running = new List<Task<string>>();
        foreach (var request in asked)
        {
            var started = new TaskCompletionSource();
            running.Add(Task.Run(async () =>
            {
                var text = "";
                await foreach (var chunk in engine.GenerateAsync(request))
                {
                    text += chunk.Text;
                    started.TrySetResult();
                }
                return text;
            }));
            await started.Task;
        }

        Assert.Equal(alone, await Task.WhenAll(running));
    }

    [Fact]
    public async Task GenerateAsync_NeighboursCancelled_GoesOnUnchanged()
    {
        var asked = Enumerable.Range(0, 8).Select(Question).ToArray();
        var alone = await AloneAsync(asked);
        await using var engine = await fixture.LoadAsync(Model, EngineFixture.Greedy with { MaxSequences = 8 });

        // Even ones are dropped after their first chunk, which leaves gaps between the ids of the odd ones.
        var together = await Task.WhenAll(asked.Select((request, index) => Task.Run(async () =>
        {
            if (index % 2 != 0)
                return (await engine.AnswerAsync(request)).Text;
            await foreach (var chunk in engine.GenerateAsync(request))
                break;
            return alone[index];
        })));

        Assert.Equal(alone, together);
    }

    [Fact]
    public async Task GenerateAsync_Cancelled_FreesTheSequenceBeforeTheNextStep()
    {
        await using var engine = await fixture.LoadAsync(Endless, EngineFixture.Greedy with { MaxSequences = 1 });
        using var cancellation = new CancellationTokenSource();
        await using var running = engine.GenerateAsync(Chat.Ask("x"), cancellation.Token).GetAsyncEnumerator();
        await running.MoveNextAsync();

        long before;
        using (fixture.PauseLoops())
        {
            before = engine.Snapshot.GeneratedTokens;
            await cancellation.CancelAsync();
        }
        await engine.UntilAsync(snapshot => snapshot.Active == 0);

        Assert.Equal(before, engine.Snapshot.GeneratedTokens);
        var failure = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await running.MoveNextAsync());
        Assert.Equal(cancellation.Token, failure.CancellationToken);
        Assert.Equal("abcabc", (await engine.AnswerAsync(Chat.Ask("y", maxTokens: 6))).Text);
    }

    [Fact]
    public async Task GenerateAsync_CancelledWhileWaiting_LeavesTheQueue()
    {
        await using var engine = await fixture.LoadAsync(Endless, EngineFixture.Greedy with { MaxSequences = 1, MaxWaiting = 1 });
        await using var running = engine.GenerateAsync(Chat.Ask("x")).GetAsyncEnumerator();
        await running.MoveNextAsync();
        using var cancellation = new CancellationTokenSource();

        using (fixture.PauseLoops())
        {
            var waiting = engine.AnswerAsync(Chat.Ask("y"), cancellation.Token);
            Assert.Equal(1, engine.Snapshot.Waiting);
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        await engine.UntilAsync(snapshot => snapshot.Waiting == 0);
    }

    [Fact]
    public async Task GenerateAsync_QueueFull_IsRefused()
    {
        await using var engine = await fixture.LoadAsync(Endless, EngineFixture.Greedy with { MaxSequences = 1, MaxWaiting = 1 });
        await using var running = engine.GenerateAsync(Chat.Ask("x")).GetAsyncEnumerator();
        await running.MoveNextAsync();
        Task<Answer> waiting;

        using (fixture.PauseLoops())
        {
            waiting = engine.AnswerAsync(Chat.Ask("y", maxTokens: 3));
            var failure = await Assert.ThrowsAsync<GenerationException>(() => engine.AnswerAsync(Chat.Ask("z")));
            Assert.Equal(GenerationFailure.QueueFull, failure.Failure);
            Assert.Contains("1 requests run and 1 wait", failure.Message, StringComparison.Ordinal);
        }

        await running.DisposeAsync();
        Assert.Equal("abc", (await waiting).Text);
    }

    [Fact]
    public async Task GenerateAsync_SlowReader_HoldsNobodyUp()
    {
        await using var engine = await fixture.LoadAsync(TinyGguf.Saying("abc", ends: false, context: 64));
        await using var slow = engine.GenerateAsync(Chat.Ask("x")).GetAsyncEnumerator();
        await slow.MoveNextAsync();

        var quick = await engine.AnswerAsync(Chat.Ask("y"));

        Assert.Equal(FinishReason.Length, quick.Finish);
        var text = slow.Current.Text;
        while (await slow.MoveNextAsync())
            text += slow.Current.Text;
        Assert.Equal(quick.Text, text);
    }

    [Fact]
    public async Task GenerateAsync_SeededAmongNeighbours_DrawsTheSameAnswer()
    {
        await using var engine = await fixture.LoadAsync(Model, EngineFixture.Greedy with { MaxSequences = 8 });
        var seeded = Question(0) with { Sampling = new() { Temperature = 1, Seed = 11 } };

        var alone = await engine.AnswerAsync(seeded);
        var together = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(index => Task.Run(() => engine.AnswerAsync(index == 3 ? seeded : Question(index)))));

        Assert.Equal(alone.Text, together[3].Text);
    }

    [Fact]
    public async Task DisposeAsync_WhileRequestsRunAndWait_FailsThemAsClosed()
    {
        var engine = await fixture.LoadAsync(Endless, EngineFixture.Greedy with { MaxSequences = 2 });
        Task<Answer>[] requests;
        Task disposal;
        using (fixture.PauseLoops())
        {
            requests = [.. Enumerable.Range(0, 5).Select(_ => engine.AnswerAsync(Chat.Ask("x")))];
            disposal = engine.DisposeAsync().AsTask();
        }

        await disposal;

        foreach (var request in requests)
            Assert.Equal(GenerationFailure.Closed, (await Assert.ThrowsAsync<GenerationException>(() => request)).Failure);
    }

    [Fact]
    public async Task AnyCall_AfterDispose_FailsAsClosed()
    {
        var engine = await fixture.LoadAsync(TinyGguf.Saying("abc"));
        await engine.DisposeAsync();
        await engine.DisposeAsync();

        var generation = await Assert.ThrowsAsync<GenerationException>(() => engine.AnswerAsync(Chat.Ask("x")));
        var count = Assert.Throws<GenerationException>(() => engine.CountPromptTokens(Chat.Ask("x")));

        Assert.Equal((GenerationFailure.Closed, GenerationFailure.Closed), (generation.Failure, count.Failure));
    }

    [Fact]
    public async Task LoadAsync_Cancelled_StopsWithoutAModel()
    {
        using var folder = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();
        var shares = new List<float>();
        var progress = new Callback(share =>
        {
            shares.Add(share);
            cancellation.Cancel();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => BatchEngine.LoadAsync(
            fixture.Runtime, Model.Save(folder.Path), EngineFixture.Greedy, NullLoggerFactory.Instance, progress, cancellation.Token));

        Assert.Single(shares);
    }

    [Fact]
    public async Task LoadAsync_TwoEnginesOnOneThread_BothAnswer()
    {
        var asked = Enumerable.Range(0, 6).Select(Question).ToArray();
        var alone = await AloneAsync(asked);
        await using var left = await fixture.LoadAsync(Model);
        await using var right = await fixture.LoadAsync(Model);

        var answers = await Task.WhenAll(asked.Select((request, index) =>
            Task.Run(() => (index % 2 == 0 ? left : right).AnswerAsync(request))));

        Assert.Equal(alone, answers.Select(answer => answer.Text));
    }

    static GenerationRequest Question(int index) => Chat.Ask($"Question {index}{new string('?', index % 5)}", maxTokens: 12 + (index % 7));

    async Task<string[]> AloneAsync(IReadOnlyList<GenerationRequest> requests)
    {
        await using var engine = await fixture.LoadAsync(Model, EngineFixture.Greedy with { MaxSequences = 1 });
        var answers = new List<string>();
        foreach (var request in requests)
            answers.Add((await engine.AnswerAsync(request)).Text);
        return [.. answers];
    }

    sealed class Callback(Action<float> report) : IProgress<float>
    {
        public void Report(float value) => report(value);
    }
}
