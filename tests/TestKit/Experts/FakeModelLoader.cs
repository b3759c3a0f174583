using System.Collections.Concurrent;
using System.Threading.Channels;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Embedding;
using Orchestrator.Experts.Loading;

namespace Orchestrator.TestKit.Experts;

/// <summary>Loads models of any told size, at once or when the test says so, and counts what is held.</summary>
public sealed class FakeModelLoader : IModelLoader
{
    readonly ConcurrentDictionary<string, Channel<Exception?>> _gates = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, Channel<bool>> _started = new(StringComparer.Ordinal);
    readonly Lock _lock = new();
    readonly List<string> _events = [];
    int _loads;
    volatile bool _broken;

    /// <summary>Bytes that an expert really takes.</summary>
    public Func<string, long> SizeOf { get; init; } = _ => 100;

    /// <summary>Whether loads wait for <see cref="Complete"/> or <see cref="Fail"/>.</summary>
    public bool Manual { get; init; }

    /// <summary>What every load reports when it begins, and then no more.</summary>
    public float Progress { get; init; } = 0.5f;

    /// <summary>Every so many loads one fails; 0 is never.</summary>
    public int FailEvery { get; init; }

    /// <summary>What a loaded model does with a request; by default it says its own id.</summary>
    public FakeGeneration Generation { get; init; } = FakeGenerations.SayId;

    /// <summary>The vector that an expert makes of a text; by default its length and first letter decide.</summary>
    public Func<string, string, float[]> Embedding { get; set; } = (_, text) => FakeEmbeddings.OfShape(text);

    /// <summary>What a loaded model says of its progress.</summary>
    public Func<string, ModelActivity> Activity { get; set; } = _ => default;

    /// <summary>Awaited before an unload ends.</summary>
    public Func<string, Task> Unloading { get; init; } = _ => Task.CompletedTask;

    public long HeldBytes { get; private set; }

    public long PeakBytes { get; private set; }

    /// <summary><c>load x</c>, <c>loaded x</c>, <c>unloaded x</c> in order.</summary>
    public IReadOnlyList<string> Events
    {
        get
        {
            lock (_lock)
                return [.. _events];
        }
    }

    /// <summary>Completes when a load of that expert has begun, once for each load.</summary>
    public async Task StartedAsync(string expert) => await Of(_started, expert).Reader.ReadAsync();

    public void Complete(string expert) => Of(_gates, expert).Writer.TryWrite(null);

    public void Fail(string expert, Exception why) => Of(_gates, expert).Writer.TryWrite(why);

    /// <summary>Completes with a model that breaks its contract: it cannot say its size twice.</summary>
    public void CompleteBroken(string expert)
    {
        _broken = true;
        Complete(expert);
    }

    public async Task<IResidentModel> LoadAsync(ExpertConfig expert, IProgress<float> progress, CancellationToken cancellationToken)
    {
        Note($"load {expert.Id}");
        progress.Report(Progress);
        Of(_started, expert.Id).Writer.TryWrite(true);
        if (Manual && await Of(_gates, expert.Id).Reader.ReadAsync(cancellationToken) is { } failure)
            throw failure;
        if (FailEvery > 0 && Interlocked.Increment(ref _loads) % FailEvery == 0)
            throw new IOException("this load was told to fail");
        return _broken ? new BrokenResidentModel() : new FakeResidentModel(this, expert.Id, SizeOf(expert.Id));
    }

    internal void Hold(string expert, long bytes)
    {
        lock (_lock)
        {
            HeldBytes += bytes;
            PeakBytes = Math.Max(PeakBytes, HeldBytes);
            _events.Add(bytes >= 0 ? $"loaded {expert}" : $"unloaded {expert}");
        }
    }

    internal void Embedded(string expert, EmbeddingCall call) => Note($"embed {expert}: {string.Join('|', call.Texts)}");

    internal void Abandoned(string expert, string reason) => Note($"abandoned {expert}: {reason}");

    void Note(string what)
    {
        lock (_lock)
            _events.Add(what);
    }

    static Channel<T> Of<T>(ConcurrentDictionary<string, Channel<T>> channels, string expert) =>
        channels.GetOrAdd(expert, _ => Channel.CreateUnbounded<T>());
}
