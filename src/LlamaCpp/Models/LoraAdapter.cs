using Orchestrator.LlamaCpp.Native;

namespace Orchestrator.LlamaCpp.Models;

/// <summary>A LoRA adapter on loaded weights. Freed by its own engine, not with the weights: others may use them longer.</summary>
sealed class LoraAdapter : IDisposable
{
    LoraAdapter(AdapterHandle handle, long bytes)
    {
        Handle = handle;
        Bytes = bytes;
    }

    public AdapterHandle Handle { get; }

    /// <summary>Bytes of its file, nearly all of them weights.</summary>
    public long Bytes { get; }

    /// <summary>Call it under the model's <see cref="LoadedModel.Adapters"/>.</summary>
    /// <exception cref="ModelLoadException">It is missing, damaged, no adapter or one for another model.</exception>
    public static LoraAdapter Load(LoadedModel model, string path)
    {
        using (var adapter = GgufInspection.Open(path))
        using (var weights = GgufInspection.Open(model.Path))
        {
            if (AdapterRules.Refusal(adapter, weights) is { } refusal)
                throw new ModelLoadException(path, $"'{path}' cannot adapt '{model.Path}': {refusal}.");
        }
        var listener = new LoadListener();
        var handle = NativeLog.Listen(listener.Hear, () => LlamaApi.AdapterInit(model.Handle, path));
        if (handle.IsInvalid)
        {
            handle.Dispose();
            var reason = listener.Reason.Length > 0 ? listener.Reason : "llama.cpp gives no reason";
            throw new ModelLoadException(path, $"'{path}' cannot adapt '{model.Path}': {reason}.");
        }
        handle.Attach(model.Handle, model.Adapters);
        return new LoraAdapter(handle, FileBytes(path));
    }

    /// <exception cref="ModelLoadException">The file is missing or unreadable.</exception>
    public static long FileBytes(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            return RandomAccess.GetLength(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelLoadException(path, $"The adapter '{path}' cannot be read: {exception.Message}", exception);
        }
    }

    public void Dispose() => Handle.Dispose();
}
