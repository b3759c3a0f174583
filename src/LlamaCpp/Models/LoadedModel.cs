using System.Runtime.InteropServices;
using Orchestrator.LlamaCpp.Native;

namespace Orchestrator.LlamaCpp.Models;

/// <summary>The weights of one file and what the engine needs to know of them.</summary>
sealed unsafe class LoadedModel : IDisposable
{
    LoadedModel(string path, ModelHandle handle, bool isPlan)
    {
        Path = path;
        Handle = handle;
        IsPlan = isPlan;
        Vocabulary = new Vocabulary(LlamaApi.ModelVocabulary(handle));
        TrainedContext = LlamaApi.ModelTrainedContext(handle);
        Width = LlamaApi.ModelWidth(handle);
        Blocks = LlamaApi.ModelBlocks(handle);
        WeightBytes = (long)LlamaApi.ModelSize(handle);
        ChatTemplate = Marshal.PtrToStringUTF8((nint)LlamaApi.ModelChatTemplate(handle, null));
    }

    public string Path { get; }

    public ModelHandle Handle { get; }

    /// <summary>
    /// Guards the list of adapters that llama.cpp keeps in the model: it changes when an adapter is loaded or freed and is
    /// read whenever a context reserves its graph.
    /// </summary>
    public Lock Adapters { get; } = new();

    /// <summary>Whether it has no weights: only for asking what a context on it would take, never for decoding.</summary>
    public bool IsPlan { get; }

    public Vocabulary Vocabulary { get; }

    public int TrainedContext { get; }

    /// <summary>Values of a row of the residual stream.</summary>
    public int Width { get; }

    /// <summary>Layers that a token passes, one after the other.</summary>
    public int Blocks { get; }

    public long WeightBytes { get; }

    /// <summary>The template in the file; null when it has none.</summary>
    public string? ChatTemplate { get; }

    /// <summary>Blocks while the file is read.</summary>
    /// <param name="memoryMap">Maps the file rather than reading it into memory of its own; it must then not change.</param>
    /// <param name="checkTensors">Reads every weight and refuses those that are not numbers.</param>
    /// <param name="progress">Told of every tensor; it stops the load when nobody waits for it.</param>
    /// <exception cref="ModelLoadException">llama.cpp refused the file, or it cannot be used for chat.</exception>
    public static LoadedModel Load(
        string path, int gpuLayers, bool memoryMap, bool checkTensors, LoadProgress progress)
    {
        var parameters = LlamaApi.ModelDefaultParams();
        parameters.GpuLayers = gpuLayers;
        parameters.LoadMode = memoryMap ? ModelParams.LoadMapped : ModelParams.LoadRead;
        parameters.CheckTensors = checkTensors ? (byte)1 : (byte)0;
        return Load(path, parameters, progress);
    }

    /// <summary>Reads the header and lays out the weights without allocating them.</summary>
    /// <exception cref="ModelLoadException">llama.cpp refused the file, or it cannot be used for chat.</exception>
    public static LoadedModel Plan(string path, int gpuLayers)
    {
        var parameters = LlamaApi.ModelDefaultParams();
        parameters.GpuLayers = gpuLayers;
        // Mapping what is not allocated aborts.
        parameters.LoadMode = ModelParams.LoadRead;
        parameters.NoAlloc = 1;
        return Load(path, parameters, new LoadProgress(new LoadUser(Progress: null, CancellationToken.None)));
    }

    static LoadedModel Load(string path, ModelParams parameters, LoadProgress progress)
    {
        progress.ThrowIfStopped();
        if (!File.Exists(path))
            throw new ModelLoadException(path, $"There is no file '{path}'.");
        var listener = new LoadListener();
        var state = GCHandle.Alloc(progress);
        ModelHandle handle;
        try
        {
            parameters.Progress = &LoadProgress.OnProgress;
            parameters.ProgressState = GCHandle.ToIntPtr(state);
            handle = NativeLog.Listen(listener.Hear, () => LlamaApi.ModelLoad(path, parameters));
        }
        finally
        {
            state.Free();
        }
        if (handle.IsInvalid)
        {
            handle.Dispose();
            progress.ThrowIfStopped();
            throw new ModelLoadException(path, $"llama.cpp cannot load '{path}': {Or(listener.Reason, "it gives no reason")}");
        }
        if (Defect(handle) is { } defect)
        {
            handle.Dispose();
            throw new ModelLoadException(path, $"'{path}' cannot answer: {defect}.");
        }
        return new LoadedModel(path, handle, parameters.NoAlloc != 0);
    }

    /// <summary>Keeps the weights while another thread than the owner's reads the vocabulary; null when they are gone.</summary>
    public ModelUse? Use()
    {
        try
        {
            return new ModelUse(Handle);
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
    }

    public void Dispose() => Handle.Dispose();

    static string? Defect(ModelHandle handle) =>
        LlamaApi.ModelHasDecoder(handle) == 0 || LlamaApi.ModelHasEncoder(handle) != 0 ? "it is not a decoder-only model"
        : LlamaApi.ModelIsDiffusion(handle) != 0 ? "it is a diffusion model"
        : LlamaApi.ModelTrainedContext(handle) < 1 ? $"its trained context length is {LlamaApi.ModelTrainedContext(handle)}"
        : Vocabulary.Defect(LlamaApi.ModelVocabulary(handle));

    static string Or(string text, string fallback) => text.Length > 0 ? text : fallback;
}

sealed class ModelUse : IDisposable
{
    readonly ModelHandle _handle;

    public ModelUse(ModelHandle handle)
    {
        var added = false;
        handle.DangerousAddRef(ref added);
        _handle = handle;
    }

    public void Dispose() => _handle.DangerousRelease();
}
