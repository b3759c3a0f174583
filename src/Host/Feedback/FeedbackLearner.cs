using System.Threading.Channels;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;
using Orchestrator.Host.OpenAi;
using Orchestrator.Jobs.Running;
using Orchestrator.Router.Feedback;

namespace Orchestrator.Host.Feedback;

/// <summary>
/// The one writer of what feedback teaches: keeps each verdict on the disk, then gives the service a router that has learned
/// it. Verdicts that come meanwhile wait for the disk and the router once. Routing never waits for it.
/// </summary>
sealed class FeedbackLearner(ServiceState state, OrchestratorConfig config, TimeProvider time, ILogger<FeedbackLearner> logger)
    : BackgroundService
{
    const string FileName = "feedback.jsonl";

    /// <summary>How often old verdicts are weighed anew where they fade.</summary>
    static readonly TimeSpan Fading = TimeSpan.FromMinutes(10);

    static readonly TimeSpan Retry = TimeSpan.FromSeconds(30);

    readonly Channel<Verdict> _verdicts = Channel.CreateUnbounded<Verdict>(new UnboundedChannelOptions { SingleReader = true });
    readonly FeedbackLedger _ledger = new(config.Feedback.Rows);
    readonly FeedbackLimit _limit = new(config.Feedback.PerClient, config.Feedback.Window);
    FeedbackFile? _file;

    string Path { get; } = config.Feedback.File ?? System.IO.Path.Combine(JobFolder.Of(config.Jobs), FileName);

    /// <summary>Returns when the verdict is on the disk and routers have learned it.</summary>
    /// <returns>Whether it took the place of an earlier one.</returns>
    /// <exception cref="ApiException">429 above the client's limit, 503 where it cannot be kept.</exception>
    public Task<bool> LearnAsync(FeedbackRow row)
    {
        var verdict = new Verdict(row);
        if (!_verdicts.Writer.TryWrite(verdict)) throw NotNow("The service is stopping.");
        return verdict.Done.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (File.Exists(Path)) await TryOpenAsync(stoppingToken);
        var faded = Task.Delay(Fading, time, stoppingToken);
        var came = _verdicts.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        try
        {
            while (true)
            {
                if (await Task.WhenAny(came, faded) == faded)
                {
                    await faded;
                    if (config.Feedback.HalfLife is not null) await TryPublishAsync(stoppingToken);
                    faded = Task.Delay(Fading, time, stoppingToken);
                }
                else if (await came)
                {
                    await TakeAsync();
                    came = _verdicts.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: what came until now is still kept, so that nobody waits for a reply.
            _verdicts.Writer.Complete();
            await TakeAsync();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        _file?.Dispose();
    }

    async Task TakeAsync()
    {
        var now = time.GetUtcNow();
        var taken = new List<Verdict>();
        while (_verdicts.Reader.TryRead(out var verdict))
        {
            if (_limit.Take(verdict.Row.Client, now) is { } wait) verdict.Done.SetException(TooMany(wait));
            else taken.Add(verdict);
        }
        if (taken.Count == 0) return;
        try
        {
            Open();
            _file!.Append(taken.Select(verdict => verdict.Row));
        }
        catch (Exception failure)
        {
            // Whatever is wrong with a file that anybody may write to, everything else serves.
            Log.NotKept(logger, failure.Message);
            taken.ForEach(verdict => verdict.Done.SetException(NotNow("Feedback cannot be kept now; the service's log says why.")));
            return;
        }
        var replaced = taken.ConvertAll(verdict => _ledger.Put(verdict.Row));
        // Even when stopping: whoever gave a verdict waits for the reply.
        if (!await TryPublishAsync(CancellationToken.None))
        {
            taken.ForEach(verdict => verdict.Done.SetException(NotNow("Feedback is kept, but cannot be learned now; the service's log says why.")));
            return;
        }

        foreach (var (verdict, was) in taken.Zip(replaced)) verdict.Done.SetResult(was);
    }

    async Task TryOpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            Open();
        }
        catch (Exception failure)
        {
            // Routing goes on without; the next verdict tries again.
            Log.NotKept(logger, failure.Message);
            return;
        }

        await TryPublishAsync(cancellationToken);
    }

    void Open()
    {
        if (_file is not null) return;
        (_file, var rows) = FeedbackFile.Open(Path, problem => Log.BadLine(logger, problem));
        foreach (var row in rows) _ledger.Put(row);
        if (rows.Count > 0) Log.Read(logger, rows.Count, Path);
    }

    /// <returns>Whether routers have learned it. Never throws.</returns>
    async Task<bool> TryPublishAsync(CancellationToken cancellationToken)
    {
        try
        {
            await state.LearnAsync(FeedbackEvidence.Of(_ledger.Rows, config.Feedback, time.GetUtcNow()), cancellationToken);
            return true;
        }
        catch (Exception failure)
        {
            // An embedder of a model may fail; routing goes on with what it knew, and the next verdict tries again.
            if (!cancellationToken.IsCancellationRequested) Log.NotLearned(logger, failure.Message);
            return false;
        }
    }

    ApiException TooMany(TimeSpan wait) => new(new ApiError(
        StatusCodes.Status429TooManyRequests,
        $"One client may give {config.Feedback.PerClient} verdicts in {config.Feedback.Window} (feedback.per_client, feedback.window).",
        "rate_limit_error", Code: "feedback_limit")
    {
        RetryAfter = wait,
    });

    static ApiException NotNow(string why) => new(ApiError.Unavailable(why, Retry));

    sealed record Verdict(FeedbackRow Row)
    {
        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
