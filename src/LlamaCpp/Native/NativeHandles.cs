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

/// <summary>A <c>llama_context</c>; used by one thread at a time. Keeps its model alive.</summary>
sealed class ContextHandle : NativeHandle
{
    ModelHandle? _model;

    public void Attach(ModelHandle model)
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

/// <summary>A <c>llama_sampler</c> chain and the samplers added to it.</summary>
sealed class SamplerHandle : NativeHandle
{
    protected override bool ReleaseHandle()
    {
        LlamaApi.SamplerFree(handle);
        return true;
    }
}
