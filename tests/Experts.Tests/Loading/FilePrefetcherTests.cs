using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Loading;
using Orchestrator.Experts.Memory;
using Orchestrator.TestKit;

namespace Orchestrator.Experts.Tests.Loading;

public sealed class FilePrefetcherTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly GatedMemory _memory = new();
    readonly FilePrefetcher _prefetcher;

    public FilePrefetcherTests() => _prefetcher = new FilePrefetcher(_memory, NullLogger.Instance);

    public void Dispose()
    {
        _prefetcher.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Follow_File_IsReadToItsEndOnce()
    {
        var file = Write("a");
        await FollowAsync(file);
        await FollowAsync(file);

        Assert.Equal((1, 1), (_prefetcher.Files, _memory.Asked));
    }

    [Fact]
    public async Task Follow_Nothing_LeavesTheReadAlone()
    {
        await FollowAsync(Write("a"));
        await FollowAsync(null);

        Assert.Equal(1, _prefetcher.Files);
    }

    [Fact]
    public async Task Follow_MissingFile_IsLeftToTheLoad()
    {
        await FollowAsync(_folder.File("missing"));

        Assert.Equal((0, 0), (_prefetcher.Files, _memory.Asked));
    }

    [Theory]
    [InlineData(99, 0)]
    [InlineData(100, 1)]
    [InlineData(null, 1)]
    public async Task Follow_FreeMemory_DecidesWhetherItIsRead(int? available, long files)
    {
        _memory.Bytes = available;
        await FollowAsync(Write("a", 100));

        Assert.Equal(files, _prefetcher.Files);
    }

    [Fact]
    public async Task Follow_AnotherFileWhileOneIsRead_EndsTheFirst()
    {
        var first = await BeginAsync(Write("a"));
        _prefetcher.Follow(Write("b"));
        var second = _prefetcher.Reading;
        _memory.Open();
        await Task.WhenAll(first, second);

        Assert.Equal(1, _prefetcher.Files);
    }

    [Fact]
    public async Task Loading_TheFileThatIsRead_LetsTheReadGoOn()
    {
        var file = Write("a");
        var reading = await BeginAsync(file);
        _prefetcher.Loading(file);
        _memory.Open();
        await reading;

        Assert.Equal(1, _prefetcher.Files);
    }

    [Fact]
    public async Task Loading_AnotherFile_EndsTheReadAndALaterFollowBeginsItAgain()
    {
        var file = Write("a");
        var reading = await BeginAsync(file);
        _prefetcher.Loading(Write("b"));
        _memory.Open();
        await reading;
        Assert.Equal(0, _prefetcher.Files);

        await FollowAsync(file);
        Assert.Equal(1, _prefetcher.Files);
    }

    [Fact]
    public async Task Follow_FileLoadedLately_IsNotRead()
    {
        string[] files = [.. Enumerable.Range(0, 5).Select(i => Write($"{i}"))];
        foreach (var file in files)
            _prefetcher.Loading(file);
        await FollowAsync(files[^1]);
        Assert.Equal(0, _prefetcher.Files);

        // Four are remembered.
        await FollowAsync(files[0]);
        Assert.Equal(1, _prefetcher.Files);
    }

    [Fact]
    public async Task Dispose_WhileAFileIsRead_EndsIt()
    {
        var reading = await BeginAsync(Write("a"));
        _prefetcher.Dispose();
        _memory.Open();
        await reading;

        Assert.Equal(0, _prefetcher.Files);
    }

    Task FollowAsync(string? file)
    {
        _prefetcher.Follow(file);
        return _prefetcher.Reading;
    }

    /// <summary>A read that has opened its file and waits to be told how much memory is free.</summary>
    async Task<Task> BeginAsync(string file)
    {
        _memory.Close();
        _prefetcher.Follow(file);
        await _memory.AskedAsync();
        return _prefetcher.Reading;
    }

    string Write(string name, int bytes = 3_000_000)
    {
        File.WriteAllBytes(_folder.File(name), new byte[bytes]);
        return _folder.File(name);
    }

    /// <summary>Says what it is told, when it is told.</summary>
    sealed class GatedMemory : ISystemMemory
    {
        readonly TaskCompletionSource _asked = new();
        volatile TaskCompletionSource? _gate;
        int _count;

        public long? Bytes { get; set; }

        public int Asked => _count;

        public void Close() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Open() => _gate!.SetResult();

        public Task AskedAsync() => _asked.Task;

        public long? Available()
        {
            Interlocked.Increment(ref _count);
            _asked.TrySetResult();
            _gate?.Task.GetAwaiter().GetResult();
            return Bytes;
        }
    }
}
