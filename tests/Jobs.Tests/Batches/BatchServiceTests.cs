using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Batches;
using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Store;
using Orchestrator.Jobs.Tests.Running;
using Orchestrator.TestKit.Experts;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Jobs.Tests.Batches;

public sealed class BatchServiceTests
{
    /// <summary>A line is <c>key model</c>.</summary>
    static readonly BatchFormat Format = new(
        line => Encoding.UTF8.GetString(line.Span).Split(' ') is [var key, var model]
            ? JobRoom.Item(key, model, key)
            : throw new BatchLineException("invalid_line", "not a key and a model"),
        (_, answer) => $"{answer.Key}={answer.Text}{answer.Failure?.Code}",
        (batch, key) => $"{key} {batch.State.Word()}");

    [Fact]
    public async Task Batch_TwoAtOnce_BothComplete()
    {
        await using JobRoom room = await JobRoom.StartAsync();
        await using JobService jobs = room.Open();
        await using BatchService batches = Open(jobs, room);

        string[] ids = [await CreateAsync(batches, "k1 a", "k2 b"), await CreateAsync(batches, "k1 c", "k2 nobody")];

        Assert.Equal(JobState.Completed, (await EndedAsync(batches, ids[0])).Batch.State);
        BatchView second = await EndedAsync(batches, ids[1]);
        Assert.Equal((2, 1, 1), (second.Batch.Total, second.Counts.Done, second.Counts.Failed));
        Assert.Equal("k1=c\n", await ReadAsync(batches, second.Batch.Batch!.OutputFile));
        Assert.Equal("k2=unknown\n", await ReadAsync(batches, second.Batch.Batch!.ErrorFile));
    }

    [Fact]
    public async Task Batch_LeftUnfinishedByAnEarlierService_GoesOn()
    {
        using var stop = new CancellationTokenSource();
        FakeModelLoader loader = Held();
        await using JobRoom room = await JobRoom.StartAsync(loader: loader);
        string id;
        await using (JobService jobs = room.Open())
        await using (BatchService batches = Open(jobs, room))
        {
            id = await CreateAsync(batches, "k1 a", "hold b", "k3 a");
            await UntilAsync(() => batches.Find(id)!.Counts.Done == 2);
        }

        await using JobService again = room.Open();
        await using BatchService resumed = Open(again, room);

        BatchView ended = await EndedAsync(resumed, id);
        Assert.Equal(JobState.Completed, ended.Batch.State);
        Assert.Equal("k1=a\nhold=b\nk3=a\n", await ReadAsync(resumed, ended.Batch.Batch!.OutputFile));
    }

    [Fact]
    public async Task Batch_NotDoneInTime_ExpiresWithWhatWasAnswered()
    {
        var time = new ManualTime();
        await using JobRoom room = await JobRoom.StartAsync(loader: Held());
        await using JobService jobs = JobService.Open(room.Config.Jobs, () => room.Place, time, NullLoggerFactory.Instance);
        await using BatchService batches = Open(jobs, room, time);
        string id = await CreateAsync(batches, "k1 a", "hold b");
        await UntilAsync(() => batches.Find(id)!.Counts.Done == 1);

        time.Advance(TimeSpan.FromHours(25));

        BatchView ended = await EndedAsync(batches, id);
        Assert.Equal(JobState.Expired, ended.Batch.State);
        Assert.Equal("k1=a\n", await ReadAsync(batches, ended.Batch.Batch!.OutputFile));
        Assert.Equal("hold expired\n", await ReadAsync(batches, ended.Batch.Batch!.ErrorFile));
    }

    [Fact]
    public async Task Batch_FullDisk_PausesAndGoesOnWhenThereIsRoom()
    {
        var time = new ManualTime();
        await using JobRoom room = await JobRoom.StartAsync();
        await using JobService jobs = JobService.Open(room.Config.Jobs, () => room.Place, time, NullLoggerFactory.Instance);
        await using BatchService batches = Open(jobs, room, time);
        string file = await UploadAsync(batches, [.. Enumerable.Range(0, 2000).Select(i => $"k{i} a")]);
        await FullDisk.BeginAsync(jobs, sparePages: 4);

        string id = (await batches.CreateAsync(Facts(file))).Batch.Id;
        await UntilAsync(() => batches.IsPaused);
        Assert.False(batches.Find(id)!.Batch.State.HasEnded());
        await FullDisk.EndAsync(jobs);
        time.Advance(TimeSpan.FromMinutes(1));

        BatchView ended = await EndedAsync(batches, id);
        Assert.Equal((JobState.Completed, 2000), (ended.Batch.State, ended.Counts.Done));
    }

    [Fact]
    public async Task Batch_MergerWithABug_FailsAndTheNextRuns()
    {
        await using JobRoom room = await JobRoom.StartAsync(loader: Held());
        room.Place = room.Place with { Merger = (_, _) => throw new NotSupportedException("no such merger") };
        await using JobService jobs = room.Open();
        await using BatchService batches = Open(jobs, room);

        BatchView failed = await EndedAsync(batches, await CreateAsync(batches, "k1 a", $"k2 {JobRoom.Panel}"));
        BatchView next = await EndedAsync(batches, await CreateAsync(batches, "k1 a"));

        Assert.Equal(JobState.Failed, failed.Batch.State);
        Assert.Contains("no such merger", Assert.Single(failed.Batch.Batch!.Problems).Message);
        Assert.Contains("k2 failed\n", await ReadAsync(batches, failed.Batch.Batch!.ErrorFile));
        Assert.Equal(JobState.Completed, next.Batch.State);
    }

    [Fact]
    public async Task Batch_InputFileThatIsGone_Fails()
    {
        await using JobRoom room = await JobRoom.StartAsync();
        await using JobService jobs = room.Open();
        await using BatchService batches = Open(jobs, room);

        BatchView batch = await EndedAsync(batches, (await batches.CreateAsync(Facts("file-none"))).Batch.Id);

        Assert.Equal(JobState.Failed, batch.Batch.State);
        Assert.Equal("file_not_found", Assert.Single(batch.Batch.Batch!.Problems).Code);
    }

    [Fact]
    public async Task CancelAsync_BatchThatWaitsBehindAnother_EndsAtOnce()
    {
        await using JobRoom room = await JobRoom.StartAsync(loader: Held());
        await using JobService jobs = room.Open();
        await using BatchService batches = Open(jobs, room);
        string first = await CreateAsync(batches, "hold b"), second = await CreateAsync(batches, "k1 a");
        await UntilAsync(() => batches.Find(second)!.Batch.State == JobState.InProgress && batches.Running.ContainsKey(first));

        await batches.CancelAsync(second);

        BatchView ended = await EndedAsync(batches, second);
        Assert.Equal(JobState.Cancelled, ended.Batch.State);
        Assert.Equal("k1 cancelled\n", await ReadAsync(batches, ended.Batch.Batch!.ErrorFile));
        Assert.Equal(JobState.InProgress, batches.Find(first)!.Batch.State);
        await batches.CancelAsync(first);
        Assert.Equal(JobState.Cancelled, (await EndedAsync(batches, first)).Batch.State);
    }

    [Fact]
    public async Task Batch_ReaderWithABug_FailsAndSaysWhy()
    {
        await using JobRoom room = await JobRoom.StartAsync();
        await using JobService jobs = room.Open();
        await using BatchService batches = Open(jobs, room, format: Format with { Read = _ => throw new NotSupportedException("no such line") });

        BatchView failed = await EndedAsync(batches, await CreateAsync(batches, "k1 a"));

        Assert.Equal((JobState.Failed, 0), (failed.Batch.State, failed.Batch.Total));
        Assert.Contains("no such line", Assert.Single(failed.Batch.Batch!.Problems).Message);
    }

    [Fact]
    public async Task CancelAsync_BatchThatIsBeingRead_EndsWithAllThatWasRead()
    {
        using var read = new SemaphoreSlim(0);
        using var goOn = new ManualResetEventSlim();
        await using JobRoom room = await JobRoom.StartAsync();
        await using JobService jobs = room.Open();
        await using BatchService batches = Open(jobs, room, format: Format with { Read = line => Slowly(Format.Read(line)) });
        string id = await CreateAsync(batches, [.. Enumerable.Range(0, 600).Select(i => $"k{i} a")]);
        await read.WaitAsync();

        await batches.CancelAsync(id);
        goOn.Set();

        BatchView ended = await EndedAsync(batches, id);
        Assert.Equal(JobState.Cancelled, ended.Batch.State);
        Assert.Equal((ended.Batch.Total, 0), (ended.Counts.Total, ended.Counts.Done));
        string[] open = ended.Batch.Batch!.ErrorFile is { } file ? (await ReadAsync(batches, file)).Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];
        Assert.Equal(ended.Batch.Total, open.Length);
        Assert.All(open, line => Assert.EndsWith(" cancelled", line));

        JobItem Slowly(JobItem item)
        {
            if (item.Key != "k512") return item;
            read.Release();
            goOn.Wait();
            return item;
        }
    }

    /// <summary>The first request whose question is <c>hold</c> is never answered.</summary>
    static FakeModelLoader Held()
    {
        int held = 0;
        return new FakeModelLoader
        {
            SizeOf = _ => JobRoom.Unit,
            Generation = (expert, request, closed, cancelled) =>
                request.Messages[0].Content == "hold" && Interlocked.Increment(ref held) == 1
                    ? FakeGenerations.Hang(expert, request, closed, cancelled)
                    : FakeGenerations.SayId(expert, request, closed, cancelled),
        };
    }

    static BatchService Open(JobService jobs, JobRoom room, TimeProvider? time = null, BatchFormat? format = null) =>
        new(jobs, format ?? Format, room.Config.Jobs, 1024, time ?? TimeProvider.System, NullLogger<BatchService>.Instance);

    static BatchFacts Facts(string file) => new() { InputFile = file, Endpoint = "/v1/chat/completions", CompletionWindow = "24h" };

    static async Task<string> CreateAsync(BatchService batches, params string[] lines) =>
        (await batches.CreateAsync(Facts(await UploadAsync(batches, lines)))).Batch.Id;

    static async Task<string> UploadAsync(BatchService batches, string[] lines) => (await batches.Files.SaveAsync(async file =>
    {
        await file.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        return ("requests.jsonl", "batch");
    })).Id;

    static async Task<string> ReadAsync(BatchService batches, string? file)
    {
        using var reader = new StreamReader(batches.Files.OpenRead(file!));
        return await reader.ReadToEndAsync();
    }

    static async Task<BatchView> EndedAsync(BatchService batches, string id)
    {
        await UntilAsync(() => batches.Find(id)!.Batch.State.HasEnded());
        return batches.Find(id)!;
    }

    static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!holds()) await Task.Delay(TimeSpan.FromMilliseconds(5), patience.Token);
    }
}
