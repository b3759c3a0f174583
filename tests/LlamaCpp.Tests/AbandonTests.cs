using Microsoft.Extensions.Logging;
using Orchestrator.TestKit;

namespace Orchestrator.LlamaCpp.Tests;

/// <summary>Whether an engine lives, and how one that does not is given up.</summary>
public sealed class AbandonTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    const string Reason = "no progress for 30 s";

    /// <summary>Its prompt takes seconds in one step of a thousand nodes.</summary>
    static readonly TinyGguf Slow = TinyGguf.Random(context: 4096, embedding: 128, layers: 24);

    static readonly BatchEngineOptions OneStep = EngineFixture.Greedy with { MaxSequences = 1, BatchSize = 4096 };

    [Fact]
    public async Task Progress_OneStep_MovesWithEveryNode()
    {
        await using var engine = await fixture.LoadAsync(TinyGguf.Random());
        var before = engine.Progress;

        await engine.AnswerAsync(Chat.Ask("x", maxTokens: 1));

        Assert.Equal(1, engine.Snapshot.Steps);
        Assert.InRange(engine.Progress - before, 20, 1000);
        await UntilIdleAsync(engine);
    }

    [Fact]
    public async Task Progress_LongPrompt_MovesWithinItsStepAndDisposeStopsIt()
    {
        var engine = await fixture.LoadAsync(Slow, OneStep);
        var asked = engine.AnswerAsync(Chat.Ask(new string('x', 4000)));

        await MovesAsync(engine);
        await MovesAsync(engine);
        Assert.True(engine.IsBusy && engine.IsStepping);
        await engine.DisposeAsync();

        // Neither was its step finished nor its prompt read.
        Assert.Equal(0, engine.Snapshot.PromptTokens);
        Assert.Equal(GenerationFailure.Closed, (await Assert.ThrowsAsync<GenerationException>(() => asked)).Failure);
    }

    [Fact]
    public async Task Abandon_WithinALongStep_StopsIt()
    {
        var engine = await fixture.LoadAsync(Slow, OneStep);
        var asked = engine.AnswerAsync(Chat.Ask(new string('x', 4000)));
        await MovesAsync(engine);

        engine.Abandon(Reason);

        Assert.Equal(GenerationFailure.Stalled, (await Assert.ThrowsAsync<GenerationException>(() => asked)).Failure);
        await engine.DisposeAsync();
        Assert.Equal((0, 1), (engine.Snapshot.PromptTokens, engine.Snapshot.Failed));
    }

    [Fact]
    public async Task Abandon_LoopCannotStep_FailsWhatRunsAndWaitsAtOnce()
    {
        var endless = TinyGguf.Saying("abc", ends: false, context: 16_384);
        var engine = await fixture.LoadAsync(endless, EngineFixture.Greedy with { MaxSequences = 1 });
        var running = engine.GenerateAsync(Chat.Ask("x")).GetAsyncEnumerator();
        await running.MoveNextAsync();
        ValueTask disposal;
        using (fixture.PauseLoops())
        {
            var waiting = engine.AnswerAsync(Chat.Ask("y"));
            var before = engine.Progress;
            Assert.True(engine.IsBusy);
            Assert.False(engine.IsStepping);

            engine.Abandon(Reason);
            engine.Abandon("again");

            foreach (var request in (Task[])[waiting, DrainAsync(running)])
            {
                var failure = await Assert.ThrowsAsync<GenerationException>(() => request);
                Assert.Equal(GenerationFailure.Stalled, failure.Failure);
                Assert.Equal($"The model stalled and was given up: {Reason}", failure.Message);
            }
            Assert.Equal((before, false, 2), (engine.Progress, engine.IsBusy, engine.Snapshot.Failed));
            var refused = await Assert.ThrowsAsync<GenerationException>(() => engine.AnswerAsync(Chat.Ask("z")));
            Assert.Equal(GenerationFailure.Closed, refused.Failure);
            disposal = engine.DisposeAsync();
            Assert.False(disposal.IsCompleted);
        }

        await disposal;
        Assert.Equal((0, 0, 2), (engine.Snapshot.Active, engine.Snapshot.Waiting, engine.Snapshot.Failed));
        Assert.True(engine.Model.Handle.IsClosed);
    }

    [Fact]
    public async Task Abandon_LoopHangsInsideASequence_FreesRequestsAndThreadsAndLaterTheRest()
    {
        using var folder = new TemporaryFolder();
        using var loggers = new HangingLoggers("logits are not numbers");
        var gguf = TinyGguf.Saying("abc");
        gguf.Tensor("output.weight").Values.AsSpan().Fill(float.NaN);
        var engine = await BatchEngine.LoadAsync(fixture.Runtime, gguf.Save(folder.Path), EngineFixture.Greedy, loggers);
        await using var other = await fixture.LoadAsync(TinyGguf.Saying("xyz"));
        var requests = Enumerable.Range(0, 3).Select(_ => engine.AnswerAsync(Chat.Ask("x"))).ToArray();
        await loggers.Hangs.WaitAsync();
        var before = engine.Progress;
        Assert.True(engine.IsBusy && engine.IsStepping);

        engine.Abandon(Reason);

        foreach (var request in requests)
            Assert.Equal(GenerationFailure.Stalled, (await Assert.ThrowsAsync<GenerationException>(() => request)).Failure);
        var disposal = engine.DisposeAsync();
        // On the thread that the hanging loop had.
        Assert.Equal("xyz", (await other.AnswerAsync(Chat.Ask("y"))).Text);
        Assert.Equal((false, before), (disposal.IsCompleted, engine.Progress));
        Assert.False(engine.IsBusy || engine.IsStepping);
        loggers.GoOn.Release();
        await disposal;
        Assert.Equal((3, 0, 0), (engine.Snapshot.Failed, engine.Snapshot.Completed, engine.Snapshot.Active));
    }

    [Fact]
    public async Task Abandon_OneOfTwoEngines_LeavesTheOtherItsWeights()
    {
        using var folder = new TemporaryFolder();
        var path = TinyGguf.Saying("Answer: 42").Save(folder.Path);
        await using var sound = await fixture.LoadAsync(path);
        var stalled = await fixture.LoadAsync(path);

        stalled.Abandon(Reason);
        await stalled.DisposeAsync();

        Assert.Equal("Answer: 42", (await sound.AnswerAsync(Chat.Ask("What?"))).Text);
    }

    [Fact]
    public async Task Abandon_WhileManySubmit_LeavesNoneWithoutAReply()
    {
        for (var round = 0; round < 20; round++)
        {
            var engine = await fixture.LoadAsync(TinyGguf.Saying("abc", ends: false, context: 512));
            var requests = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            {
                while (true)
                    await engine.AnswerAsync(Chat.Ask("x", maxTokens: 3));
            })).ToArray();
            await engine.UntilAsync(snapshot => snapshot.Completed > round);

            engine.Abandon(Reason);

            foreach (var request in requests)
            {
                var failure = (await Assert.ThrowsAsync<GenerationException>(() => request)).Failure;
                Assert.True(failure is GenerationFailure.Stalled or GenerationFailure.Closed, $"{failure}");
            }
            await engine.DisposeAsync();
        }
    }

    [Fact]
    public async Task Snapshot_Requests_AreCountedByTheirEnd()
    {
        await using var engine = await fixture.LoadAsync(TinyGguf.Saying("abc", ends: false, context: 16_384));
        await engine.AnswerAsync(Chat.Ask("x", maxTokens: 3));
        await foreach (var chunk in engine.GenerateAsync(Chat.Ask("x")))
            break;
        await engine.UntilAsync(snapshot => snapshot.Active == 0);

        Assert.Equal((1, 0, 1), (engine.Snapshot.Completed, engine.Snapshot.Failed, engine.Snapshot.Cancelled));
    }

    /// <summary>A step is over a moment after its answers are.</summary>
    static async Task UntilIdleAsync(BatchEngine engine)
    {
        Assert.False(engine.IsBusy);
        while (engine.IsStepping)
            await Task.Delay(1);
    }

    static async Task MovesAsync(BatchEngine engine)
    {
        var before = engine.Progress;
        while (engine.Progress == before)
            await Task.Delay(1);
    }

    static async Task DrainAsync(IAsyncEnumerator<Generation.GenerationChunk> chunks)
    {
        while (await chunks.MoveNextAsync())
            continue;
    }

    /// <summary>Holds the thread that logs a certain message: the loop's own, in the middle of a step.</summary>
    sealed class HangingLoggers(string message) : ILoggerFactory, ILogger
    {
        bool _hung;

        public SemaphoreSlim Hangs { get; } = new(0);

        public SemaphoreSlim GoOn { get; } = new(0);

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!formatter(state, exception).Contains(message, StringComparison.Ordinal) || _hung)
                return;
            _hung = true;
            Hangs.Release();
            GoOn.Wait();
        }

        public void Dispose()
        {
            Hangs.Dispose();
            GoOn.Dispose();
        }
    }
}
