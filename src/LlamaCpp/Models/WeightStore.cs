using System.Runtime.ExceptionServices;

namespace Orchestrator.LlamaCpp.Models;

/// <summary>
/// All weights loaded for engines, each file once. The first user starts the load, those that come meanwhile wait for
/// it, or for its failure; the load stops only when none of them waits any more.
/// </summary>
sealed class WeightStore
{
    readonly Lock _lock = new();
    readonly Dictionary<WeightKey, Entry> _entries = [];

    /// <summary>Engines that have or await the weights of a file.</summary>
    public int Users(string path)
    {
        lock (_lock)
            return _entries.Where(pair => pair.Key.Path == path).Sum(pair => pair.Value.Users);
    }

    /// <summary>Blocks until the weights are there.</summary>
    /// <exception cref="ModelLoadException">llama.cpp refused the file, or it cannot be used for chat.</exception>
    public SharedWeights Acquire(
        string path, int gpuLayers, bool memoryMap, IProgress<float>? progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var key = WeightKey.Of(path, gpuLayers, memoryMap);
        var user = new LoadUser(progress, cancellationToken);
        var entry = Join(key, path, user);
        try
        {
            entry.Load.Wait(cancellationToken);
            return new SharedWeights(entry.Load.Result, () => Leave(key, entry));
        }
        catch (Exception exception)
        {
            Leave(key, entry);
            cancellationToken.ThrowIfCancellationRequested();
            // The user's own exception, not the task's wrapping.
            if (exception is AggregateException { InnerException: { } cause })
                ExceptionDispatchInfo.Throw(cause);
            throw;
        }
    }

    Entry Join(WeightKey key, string path, LoadUser user)
    {
        lock (_lock)
        {
            // After the load there is nothing to follow: the progress would only keep its user as long as the weights.
            if (_entries.TryGetValue(key, out var entry) && (entry.Load.IsCompletedSuccessfully || entry.Progress.TryJoin(user)))
            {
                entry.Users++;
                return entry;
            }
            var loading = new LoadProgress(user);
            var load = Task.Factory.StartNew(
                () => LoadedModel.Load(path, key.GpuLayers, key.MemoryMap, checkTensors: false, loading),
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            return _entries[key] = new Entry(load, loading) { Users = 1 };
        }
    }

    void Leave(WeightKey key, Entry entry)
    {
        lock (_lock)
        {
            if (--entry.Users > 0)
                return;
            if (_entries.GetValueOrDefault(key) == entry)
                _entries.Remove(key);
        }
        if (entry.Load.IsCompletedSuccessfully)
            entry.Load.Result.Dispose();
        else
            _ = entry.Load.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>A load whose users have gone; its failure, the cancellation, interests nobody.</summary>
    static void Forget(Task<LoadedModel> load)
    {
        if (load.IsCompletedSuccessfully)
            load.Result.Dispose();
        else
            _ = load.Exception;
    }

    sealed class Entry(Task<LoadedModel> load, LoadProgress progress)
    {
        public Task<LoadedModel> Load => load;

        public LoadProgress Progress => progress;

        public int Users { get; set; }
    }
}
