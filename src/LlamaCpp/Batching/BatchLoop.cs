using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.LlamaCpp.Models;
using Orchestrator.LlamaCpp.Sampling;

namespace Orchestrator.LlamaCpp.Batching;

/// <summary>
/// The single writer of one context: a thread that takes commands, admits sequences to free slots and decodes all of
/// them together, one step after another. Nothing a reader does or fails to do holds it up.
/// </summary>
#pragma warning disable CA1001 // The loop's own thread frees what it owns, at its end.
sealed class BatchLoop
#pragma warning restore CA1001
{
    const string BadLogits = "The model's logits are not numbers; its file is damaged.";

    readonly SharedWeights _weights;
    readonly LoadedModel _model;
    readonly DecodeContext _context;
    readonly BatchEngineOptions _options;
    readonly ThreadBudget _threads;
    readonly ILogger _logger;
    readonly SlotTable _slots;
    readonly StepBuilder _builder;
    readonly LogitScore _score;
    readonly LinkedList<Sequence> _waiting = new();
    readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Only this loop waits on the reader, so its wake-up may run on the writer's thread.
    readonly Channel<BatchCommand> _commands = Channel.CreateUnbounded<BatchCommand>(
        new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = true });

    // Those that were submitted and have not ended, for whoever gives the loop up; the loop has its own order of them.
    readonly ConcurrentDictionary<Sequence, byte> _open = new();

    volatile Exception? _bug;
    volatile string? _abandoned;
    volatile ThreadBudget.Lease? _lease;
    int _outstanding;
    int _activeCount;
    long _steps;
    long _promptTokens;
    long _generatedTokens;
    long _completed;
    long _failed;
    long _cancelled;

    /// <summary>Takes over weights and context, and disposes them when it ends.</summary>
    public BatchLoop(SharedWeights weights, DecodeContext context, BatchEngineOptions options, ThreadBudget threads, ILogger logger)
    {
        _weights = weights;
        _model = weights.Model;
        _context = context;
        _options = options;
        _threads = threads;
        _logger = logger;
        _slots = new SlotTable(context.MaxSequences);
        _builder = new StepBuilder(_slots, context.BatchSize, context.MaxOutputs, options.PrefillChunk);
        _score = new LogitScore(_model.Vocabulary.Size);
    }

    public BatchEngineSnapshot Snapshot
    {
        get
        {
            var active = Volatile.Read(ref _activeCount);
            return new BatchEngineSnapshot(
                active, Math.Max(0, Volatile.Read(ref _outstanding) - active),
                Volatile.Read(ref _steps), Volatile.Read(ref _promptTokens), Volatile.Read(ref _generatedTokens))
            {
                Completed = Volatile.Read(ref _completed),
                Failed = Volatile.Read(ref _failed),
                Cancelled = Volatile.Read(ref _cancelled),
            };
        }
    }

    public long Progress => _context.Pulse.Count;

    public bool IsBusy => _abandoned is null && Volatile.Read(ref _outstanding) > 0;

    public bool IsStepping => _abandoned is null && _lease is not null;

    public void Start() =>
        new Thread(Run) { IsBackground = true, Name = $"batch loop {Path.GetFileName(_model.Path)}" }.Start();

    /// <exception cref="GenerationException">The queue is full or the loop has ended.</exception>
    public void Submit(Sequence sequence)
    {
        if (Interlocked.Increment(ref _outstanding) > _slots.Size + _options.MaxWaiting)
        {
            Interlocked.Decrement(ref _outstanding);
            throw new GenerationException(GenerationFailure.QueueFull,
                $"The queue is full: {_slots.Size} requests run and {_options.MaxWaiting} wait. Try again later.");
        }
        // Before it is written: whoever closes the commands first and looks here afterwards finds all that were taken.
        _open[sequence] = 0;
        if (!_commands.Writer.TryWrite(new BatchCommand(BatchCommandKind.Submit, sequence)))
        {
            _open.TryRemove(sequence, out _);
            Interlocked.Decrement(ref _outstanding);
            throw Ended();
        }
    }

    /// <summary>Frees the sequence before the next step; does nothing when it has finished.</summary>
    public void Cancel(Sequence sequence)
    {
        if (!sequence.Finished)
            _commands.Writer.TryWrite(new BatchCommand(BatchCommandKind.Cancel, sequence));
    }

    /// <summary>Fails what runs and waits once the step in progress has ended or been stopped, and frees context and weights.</summary>
    public Task CloseAsync()
    {
        _commands.Writer.TryComplete();
        _context.Pulse.Stopped = true;
        return _ended.Task;
    }

    /// <summary>Fails what runs and waits now, whatever the loop's thread is stuck in; only the first reason counts.</summary>
    public void Abandon(string reason)
    {
        if (Interlocked.CompareExchange(ref _abandoned, reason, null) is not null)
            return;
        _ = CloseAsync();
        var failure = new GenerationException(GenerationFailure.Stalled, $"The model stalled and was given up: {reason}");
        var failed = 0;
        foreach (var sequence in _open.Keys)
        {
            if (!_open.TryRemove(sequence, out _))
                continue;
            sequence.Abandon(failure);
            failed++;
        }
        Interlocked.Add(ref _failed, failed);
        // Even if they still spin: better that the other models run slowly than that they wait for ever.
        _lease?.Dispose();
        Log.Abandoned(_logger, _model.Path, failed, reason);
    }

    void Run()
    {
        try
        {
            while (Receive(wait: true))
            {
                using var lease = _threads.Acquire(_options.Threads);
                _lease = lease;
                // What came while other models had the threads belongs into this step already.
                if (!Receive(wait: false))
                    break;
                Admit();
                if (_slots.Count > 0)
                    Step(lease.Threads);
                _lease = null;
            }
        }
        catch (Exception exception)
        {
            // A bug, not a request's fault; still, every request gets a reply.
            Log.LoopFailed(_logger, exception, _model.Path);
            _bug = exception;
        }
        End();
    }

    void End()
    {
        _lease = null;
        try
        {
            _commands.Writer.TryComplete();
            var left = _slots.ByAge.Concat(_waiting).ToList();
            while (_commands.Reader.TryRead(out var command))
            {
                if (command.Kind == BatchCommandKind.Submit)
                    left.Add(command.Sequence);
            }
            Volatile.Write(ref _activeCount, 0);
            Volatile.Write(ref _outstanding, 0);
            left.ForEach(sequence => sequence.Fail(Ended()));
            Interlocked.Add(ref _failed, left.Count(sequence => _open.TryRemove(sequence, out _)));
            Log.Unloaded(_logger, _model.Path, _steps, _generatedTokens);
        }
        finally
        {
            _builder.Dispose();
            _context.Dispose();
            _weights.Dispose();
            _ended.SetResult();
        }
    }

    /// <summary>What requests are told once the loop has ended.</summary>
    GenerationException Ended() => _bug is { } bug
        ? new GenerationException(GenerationFailure.DecodeFailed, "The model's batch loop failed.", bug)
        : new GenerationException(GenerationFailure.Closed, _abandoned is { } reason
            ? $"The model was given up and is being unloaded: {reason}" : "The model is being unloaded.");

    /// <summary>Takes all commands there are, if wanted waiting for one while there is nothing to decode; false when closed.</summary>
    bool Receive(bool wait)
    {
        while (true)
        {
            while (_commands.Reader.TryRead(out var command))
                Handle(command);
            if (_commands.Reader.Completion.IsCompleted)
                return false;
            if (!wait || _slots.Count + _waiting.Count > 0)
                return true;
            _ = _commands.Reader.WaitToReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }
    }

    void Handle(BatchCommand command)
    {
        if (command.Kind == BatchCommandKind.Submit)
            command.Sequence.Place = _waiting.AddLast(command.Sequence);
        else if (!command.Sequence.Finished)
            Drop(command.Sequence, new OperationCanceledException(command.Sequence.Cancellation));
    }

    void Admit()
    {
        while (_waiting.First is { Value: var sequence } && _slots.TryAdd(sequence))
        {
            _waiting.RemoveFirst();
            sequence.Place = null;
        }
        Volatile.Write(ref _activeCount, _slots.Count);
        while (_slots.CloseGap() is var (from, to))
            _context.Move(from, to);
    }

    void Step(int threads)
    {
        _builder.Build();
        var result = _context.Decode(_builder.Batch, threads, _builder.Taps);
        Volatile.Write(ref _steps, _steps + 1);
        if (result == 0)
            Advance();
        else if (!_context.Pulse.Stopped)
            Recover(result);
        // Otherwise the loop ends next, and fails all that are left alike.
    }

    void Advance()
    {
        var prompt = 0;
        var generated = 0;
        var damaged = false;
        // From the end: sequences that finish leave the list.
        for (var i = _slots.Count - 1; i >= 0; i--)
        {
            var sequence = _slots.ByAge[i];
            prompt += Math.Min(sequence.Unread, sequence.Granted);
            if (sequence.Tap?.Failure is { } failure)
            {
                Refuse(sequence, failure);
                continue;
            }
            if (sequence.ScoresPrompt && !ScorePrompt(sequence))
            {
                Refuse(sequence, GenerationFailure.BadLogits, BadLogits);
                damaged = true;
                continue;
            }
            sequence.Position += sequence.Granted;
            if (sequence.OutputIndex < 0)
                continue;
            generated++;
            _context.Pulse.Beat();
            var sampled = sequence.Sampler.Sample(_context, sequence.OutputIndex);
            if (sampled.Outcome == SampleOutcome.Token)
                Accept(sequence, sampled.Token);
            else if (sampled.Outcome == SampleOutcome.NothingAllowed)
                Refuse(sequence, GenerationFailure.InvalidRequest, "The grammar asks for characters that the model has no token for.");
            else
            {
                Refuse(sequence, GenerationFailure.BadLogits, BadLogits);
                damaged = true;
            }
        }
        if (damaged && _context.HasTaps)
            ClearCache();
        Volatile.Write(ref _promptTokens, _promptTokens + prompt);
        Volatile.Write(ref _generatedTokens, _generatedTokens + generated);
    }

    /// <summary>What is not a number reaches every sequence of a shared cache, masked or not, even from cells that are free again.</summary>
    void ClearCache()
    {
        foreach (var sequence in _slots.ByAge.ToArray())
            Refuse(sequence, GenerationFailure.BadLogits, BadLogits);
        _context.Clear();
    }

    /// <summary>A token's logits tell of the token after it. False when they are not numbers.</summary>
    bool ScorePrompt(Sequence sequence)
    {
        for (var i = 0; i < sequence.Granted; i++)
        {
            var next = sequence.Position + i + 1;
            if (next >= sequence.Prompt.Length || _model.Vocabulary.Piece(sequence.Prompt[next]).IsEmpty)
                continue;
            if (_score.Of(_context.Logits(sequence.FirstIndex + i), sequence.Prompt[next]) is not { } score)
                return false;
            sequence.Scores!.Prompt.Add(score);
        }
        return true;
    }

    void Accept(Sequence sequence, int token)
    {
        if (sequence.Scores is { OfAnswer: true } scores && _score.Of(_context.Logits(sequence.OutputIndex), token) is { } score)
            scores.Answer.Add(score);
        if (_model.Vocabulary.EndsAnswer(token))
        {
            Complete(sequence, sequence.Text.Flush(), FinishReason.Stop);
            return;
        }
        sequence.Written++;
        sequence.NextToken = token;
        var text = sequence.Text.Feed(_model.Vocabulary.Piece(token));
        if (sequence.Text.Stopped)
            Complete(sequence, text, FinishReason.Stop);
        else if (sequence.Written >= sequence.MaxNew)
            Complete(sequence, text + sequence.Text.Flush(), FinishReason.Length);
        else
            sequence.Emit(text);
    }

    /// <summary>
    /// No slot in the cache (1) changed nothing: the youngest gives way and the others try again. After any other
    /// failure the cache is in an unknown state, and all that were in the batch fail.
    /// </summary>
    void Recover(int result)
    {
        var failed = _slots.ByAge.Where(sequence => sequence.Granted > 0).ToArray();
        foreach (var sequence in result == 1 ? failed[^1..] : failed)
            Refuse(sequence, GenerationFailure.DecodeFailed, $"llama.cpp could not decode the batch (code {result}).");
    }

    void Refuse(Sequence sequence, GenerationFailure failure, string message) =>
        Refuse(sequence, new GenerationException(failure, message));

    void Refuse(Sequence sequence, GenerationException failure)
    {
        Log.RequestFailed(_logger, _model.Path, failure.Message);
        Drop(sequence, failure);
    }

    void Complete(Sequence sequence, string text, FinishReason reason)
    {
        if (Release(sequence))
            Interlocked.Increment(ref _completed);
        sequence.Complete(text, reason);
    }

    void Drop(Sequence sequence, Exception reason)
    {
        if (Release(sequence))
            Interlocked.Increment(ref reason is OperationCanceledException ? ref _cancelled : ref _failed);
        sequence.Fail(reason);
    }

    /// <summary>False when it was given up before, and counted then.</summary>
    bool Release(Sequence sequence)
    {
        if (sequence.Place is { } place)
        {
            _waiting.Remove(place);
            sequence.Place = null;
        }
        else
        {
            _context.Remove(sequence.Slot);
            _slots.Remove(sequence);
            Volatile.Write(ref _activeCount, _slots.Count);
        }
        Interlocked.Decrement(ref _outstanding);
        return _open.TryRemove(sequence, out _);
    }
}
