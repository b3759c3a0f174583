using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Logging;
using Orchestrator.LlamaCpp.Models;
using Orchestrator.LlamaCpp.Native;

namespace Orchestrator.LlamaCpp;

/// <summary>
/// llama.cpp in this process: libraries loaded and checked, log connected, thread budget shared. All handles stand for
/// the same runtime; the options of the first count until every handle is disposed.
/// </summary>
public sealed class LlamaRuntime : IDisposable
{
    static readonly Lock Gate = new();
    static readonly WeightStore Loaded = new();
    static string? _directory;
    static string _version = "";
    static ThreadBudget? _threads;
    static int _handles;

    bool _disposed;

    LlamaRuntime(string version, ThreadBudget threads)
    {
        Version = version;
        Threads = threads;
    }

    /// <summary>The version llama.cpp gives itself, for example <c>0.5.0-dev</c>.</summary>
    public string Version { get; }

    public ThreadBudget Threads { get; }

    /// <summary>What it can compute on; asked anew at each call, for the memory that is free now.</summary>
    public IReadOnlyList<ComputeDevice> Devices
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return FindDevices();
        }
    }

    /// <summary>
    /// Bytes that all GPUs together have free now; null without one. As in llama.cpp, integrated GPUs count only where
    /// there is no other. Their memory is the host's, which a budget measured from both would promise twice.
    /// </summary>
    public long? FreeGpuBytes => ComputeDevice.FreeGpuBytes(Devices);

    /// <summary>What the engines of this process share.</summary>
    internal WeightStore Weights { get; } = Loaded;

    /// <exception cref="LlamaRuntimeException">The libraries are missing, of another version, or another folder is in use already.</exception>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    public static LlamaRuntime Start(LlamaRuntimeOptions options, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loggers);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        lock (Gate)
        {
            var files = LibraryFiles.Find(
                options.LibraryDirectory, Environment.GetEnvironmentVariable(LibraryFiles.DirectoryVariable), AppContext.BaseDirectory);
            if (_directory is not null && _directory != files.Directory)
            {
                throw new LlamaRuntimeException(
                    $"This process already runs llama.cpp from '{_directory}'; '{files.Directory}' needs a process of its own.");
            }
            var logger = loggers.CreateLogger("Orchestrator.LlamaCpp.Native");
            if (_directory is null)
                Load(files, logger);
            if (_handles++ == 0)
            {
                _threads = new ThreadBudget(options.MaxThreads);
                NativeLog.Attach(logger);
                Log.Started(logger, _version, files.Directory, _threads.Limit,
                    string.Join(", ", FindDevices().Select(device => $"{device.Name} ({device.Description})")));
            }
            return new LlamaRuntime(_version, _threads!);
        }
    }

    public void Dispose()
    {
        lock (Gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            // The libraries stay loaded: native code is never unloaded under threads that may still run it.
            if (--_handles == 0)
                NativeLog.Detach();
        }
    }

    static void Load(LibraryFiles files, ILogger logger)
    {
        NativeHeap.ReturnLargeBuffers();
        _version = LlamaLibrary.Load(files);
        NativeLog.Attach(logger);
        GgmlApi.LoadBackends(files.Directory);
        LlamaApi.BackendInit();
        if (GgmlApi.DeviceCount() == 0)
            throw new LlamaRuntimeException($"llama.cpp found no usable backend (libggml-cpu-*.so) in '{files.Directory}'.");
        _directory = files.Directory;
    }

    static ComputeDevice[] FindDevices() =>
        [.. Enumerable.Range(0, (int)GgmlApi.DeviceCount()).Select(index => ComputeDevice.Read(GgmlApi.Device((nuint)index)))];
}
