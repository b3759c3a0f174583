using System.Runtime.InteropServices;

namespace Orchestrator.LlamaCpp.Native;

abstract class NativeHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;
}

/// <summary>A <c>llama_model</c>; must outlive its contexts.</summary>
sealed class ModelHandle : NativeHandle
{
    protected override bool ReleaseHandle()
    {
        LlamaApi.ModelFree(handle);
        return true;
    }
}

/// <summary>A <c>llama_context</c>; used by one thread at a time. Keeps its model and its adapter alive.</summary>
sealed class ContextHandle : NativeHandle
{
    NativeHandle? _model;

    /// <param name="model">The model, or the adapter on it, which keeps the model itself.</param>
    public void Attach(NativeHandle model)
    {
        var added = false;
        model.DangerousAddRef(ref added);
        _model = model;
    }

    protected override bool ReleaseHandle()
    {
        LlamaApi.ContextFree(handle);
        _model?.DangerousRelease();
        return true;
    }
}

/// <summary>A <c>llama_adapter_lora</c>. Keeps its model alive.</summary>
sealed class AdapterHandle : NativeHandle
{
    ModelHandle? _model;
    Lock? _adapters;

    /// <param name="adapters">Held while the model's list of adapters changes.</param>
    public void Attach(ModelHandle model, Lock adapters)
    {
        var added = false;
        model.DangerousAddRef(ref added);
        _model = model;
        _adapters = adapters;
    }

    protected override bool ReleaseHandle()
    {
        if (_adapters is null)
            return true;
        lock (_adapters)
            LlamaApi.AdapterFree(handle);
        _model!.DangerousRelease();
        return true;
    }
}

/// <summary>A <c>gguf_context</c>: the header of a file.</summary>
sealed class GgufHandle : NativeHandle
{
    protected override bool ReleaseHandle()
    {
        GgufApi.Free(handle);
        return true;
    }
}

/// <summary>A <c>llama_sampler</c>: a chain with the samplers added to it, or a grammar.</summary>
sealed class SamplerHandle : NativeHandle
{
    protected override bool ReleaseHandle()
    {
        LlamaApi.SamplerFree(handle);
        return true;
    }
}
